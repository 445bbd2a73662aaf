import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { runMigrations } from "graphile-worker";
import type { TestProject } from "vitest/node";
import { startPostgres } from "../../sandbox/postgres";

declare module "vitest" {
  interface ProvidedContext {
    /** Of the migrated, empty database that each test file clones; nobody may be connected to it. */
    templateUrl: string;
  }
}

/** Starts one PostgreSQL for all test files and migrates a template in it, as the app's start does. */
export default async function setup({ provide }: TestProject) {
  const dir = await mkdtemp(path.join(tmpdir(), "featherpost-test-"));
  await chmod(dir, 0o711);
  const postgres = await startPostgres({ dir: path.join(dir, "pg"), port: 0, ephemeral: true });
  const stop = async () => {
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  };

  try {
    const prisma = path.resolve("node_modules/prisma/build/index.js");
    const env = { ...process.env, DATABASE_URL: postgres.url, CHECKPOINT_DISABLE: "1" };
    await promisify(execFile)(process.execPath, [prisma, "migrate", "deploy"], { env });
    await runMigrations({ connectionString: postgres.url });
  } catch (error) {
    await stop();
    throw error;
  }
  provide("templateUrl", postgres.url);
  return stop;
}
