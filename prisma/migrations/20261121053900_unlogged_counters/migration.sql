-- Counters of calls are written with every call and worth nothing after a crash: they need no log.
ALTER TABLE "rate_limit" SET UNLOGGED;
