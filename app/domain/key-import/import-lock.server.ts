import type { Client } from "pg";

/** Waits until nobody else works on this import, and keeps them away until the connection ends, however it ends. */
export async function lockImport(client: Client, importId: string) {
  await client.query(`SELECT pg_advisory_lock(hashtextextended($1, 0))`, [`key import ${importId}`]);
}
