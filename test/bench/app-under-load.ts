import { execFile, spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { findFreePort } from "../../sandbox/ports.ts";
import { startPostgres } from "../../sandbox/postgres.ts";
import { startStorage } from "../../sandbox/storage/storage.ts";

export const API_KEY = "bench-api-key";
export const API_SECRET = "bench-api-secret";

const root = path.resolve(import.meta.dirname, "../..");
const run = promisify(execFile);

/** The app as built for production (one web process), a PostgreSQL and an object storage, all on this machine. */
export async function startAppUnderLoad() {
  const dir = await mkdtemp(path.join(tmpdir(), "featherpost-bench-"));
  const postgres = await startPostgres({ dir: path.join(dir, "pg"), port: 0, ephemeral: true });
  const access = { bucket: "bench", region: "us-east-1", accessKeyId: "bench", secretAccessKey: "bench-secret" };
  const storage = await startStorage({ ...access, port: 0, dir: path.join(dir, "objects"), faults: () => ({}) });
  const port = await findFreePort();
  const env: NodeJS.ProcessEnv & { SHOPIFY_APP_URL: string } = {
    ...process.env,
    NODE_ENV: "production",
    PORT: String(port),
    DATABASE_URL: postgres.url,
    DATABASE_POOL: "16",
    SHOPIFY_API_KEY: API_KEY,
    SHOPIFY_API_SECRET: API_SECRET,
    SHOPIFY_APP_URL: `http://127.0.0.1:${port}`,
    S3_ENDPOINT: storage.url,
    S3_REGION: access.region,
    S3_BUCKET: access.bucket,
    S3_ACCESS_KEY_ID: access.accessKeyId,
    S3_SECRET_ACCESS_KEY: access.secretAccessKey,
    S3_FORCE_PATH_STYLE: "true",
    SMTP_URL: "smtp://127.0.0.1:9", // no worker runs here: nothing is sent
    KEY_ENCRYPTION_KEYS: Buffer.alloc(32, "bench").toString("base64"),
  };
  const bin = (name: string) => path.join(root, "node_modules/.bin", name);
  await run(bin("prisma"), ["migrate", "deploy"], { cwd: root, env });
  await run(bin("graphile-worker"), ["--schema-only"], { cwd: root, env });
  const web = spawn(process.execPath, ["build/web.js"], { cwd: root, env, stdio: "ignore" });

  const stop = async () => {
    web.kill("SIGKILL");
    await storage.stop();
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  };
  await untilHealthy(`${env.SHOPIFY_APP_URL}/health`, web).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { url: env.SHOPIFY_APP_URL, databaseUrl: postgres.url, storageUrl: storage.url, access, env, stop };
}

export type AppUnderLoad = Awaited<ReturnType<typeof startAppUnderLoad>>;

async function untilHealthy(url: string, web: ChildProcess) {
  for (let tries = 0; tries < 150 && web.exitCode === null; tries++) {
    if (
      await fetch(url).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return;
    await wait(200);
  }
  throw new Error("The app did not start: is it built? (npm run build)");
}
