-- As a foreign key, these find their tables whatever the search path is: pg_restore, for one, has none.
ALTER FUNCTION "require_pools_of_added_keys"() SET search_path FROM CURRENT;
ALTER FUNCTION "require_pool_of_moved_key"() SET search_path FROM CURRENT;
ALTER FUNCTION "delete_keys_of_pool"() SET search_path FROM CURRENT;
