import path from "node:path";
import { setUpDemo, startApp } from "./app-programs.ts";
import { buildApp } from "./build-app.ts";
import { type Database, openDatabase } from "./database.ts";
import { startDoor } from "./door.ts";
import { readExtensionBundles } from "./extension-bundles.ts";
import { createFaces } from "./faces/faces.ts";
import { openFolder } from "./folder.ts";
import { startHomeServer } from "./home-server.ts";
import { startMailbox } from "./mailbox/mailbox.ts";
import type { Options } from "./options.ts";
import { choosePorts } from "./ports.ts";
import type { RunningProgram } from "./program.ts";
import { readSecrets } from "./secrets.ts";
import { startStorage } from "./storage/storage.ts";
import { createAdminApi } from "./store/admin-api.ts";
import { createControl } from "./store/control.ts";
import { createStore } from "./store/store.ts";

export type Ready = {
  shop: string;
  apiKey: string;
  apiSecret: string;
  urls: Record<"home" | "admin" | "storefront" | "account" | "inbox" | "app" | "control", string>;
  /** The folder of the programs' logs. */
  logs: string;
};

/** What runs, for a program that started the sandbox within itself. */
export type Sandbox = Ready & {
  databaseUrl: string;
  web: RunningProgram;
  worker: RunningProgram;
  restartDatabase: Database["restart"];
};

type Surroundings = {
  root: string;
  /** Everything that was started ends when this is disposed, also when the start broke off. */
  opened: AsyncDisposableStack;
  say: (text: string) => void;
  /** The sandbox cannot go on, and why. */
  onLost: (sentence: string) => void;
  /** What the shops' plan restores of the Admin API's query cost. */
  pointsPerSecond?: number;
};

const demoShop = "featherpost-demo.myshopify.com";
const bucket = "featherpost-sandbox";
const region = "us-east-1";

/**
 * Starts the world and, in it, the app.
 *
 * @returns when all of it answers and the demo shop is set up.
 * @throws Error with a sentence for the person at the terminal.
 */
export async function startSandbox(options: Options, surroundings: Surroundings): Promise<Sandbox> {
  const { root, opened, say, onLost, pointsPerSecond } = surroundings;
  const dir = await openFolder(root, options.ephemeral, opened);
  const ports = await choosePorts(options.port);
  const secrets = await readSecrets(dir);
  if (!options.dev) await buildApp(root, say);

  say("Starting PostgreSQL, storage, mailbox and store …");
  const database = await openDatabase(
    { dir: path.join(dir, "pg"), port: ports.postgres, ephemeral: options.ephemeral },
    () => onLost(`PostgreSQL ended by itself; its log is ${path.join(dir, "pg/postgres.log")}`),
  );
  opened.defer(database.stop);

  const home = await startHomeServer(ports.home);
  opened.defer(home.stop);
  const door = await startDoor({ port: ports.door, target: `http://127.0.0.1:${ports.web}`, homeUrl: home.url });
  opened.defer(door.stop);

  const store = await createStore({
    dir,
    tomlPath: path.join(root, "shopify.app.toml"),
    appUrl: door.url,
    apiKey: secrets.apiKey,
    apiSecret: secrets.apiSecret,
    fast: options.fast,
    demoShop,
    pointsPerSecond,
  });
  opened.defer(() => store.stop());
  const storage = await startStorage({
    port: ports.storage,
    dir: path.join(dir, "objects"),
    bucket,
    region,
    accessKeyId: secrets.storageKeyId,
    secretAccessKey: secrets.storageSecret,
    faults: () => store.faults().storage ?? {},
  });
  opened.defer(storage.stop);
  const mailbox = await startMailbox({
    port: ports.smtp,
    dir: path.join(dir, "mail"),
    faults: () => store.faults().mail ?? {},
  });
  opened.defer(mailbox.stop);

  const adminApi = createAdminApi(store);
  const control = createControl({ store, mailbox, adminRequests: adminApi.requests });
  const extensionBundles = await readExtensionBundles(door.url, path.join(dir, "extensions"));
  const faces = createFaces({ store, mailbox, extensionBundles, appUrl: door.url, homeUrl: home.url });
  home.mount([
    { isFor: ({ headers }) => headers["x-sandbox-shop"] !== undefined, handle: adminApi.handle },
    { isFor: ({ url }) => /^\/control(\/|$)/.test(url ?? ""), handle: control },
    { isFor: () => true, handle: faces },
  ]);

  const env = {
    SHOPIFY_API_KEY: secrets.apiKey,
    SHOPIFY_API_SECRET: secrets.apiSecret,
    KEY_ENCRYPTION_KEYS: secrets.encryptionKey,
    S3_BUCKET: bucket,
    S3_REGION: region,
    S3_ACCESS_KEY_ID: secrets.storageKeyId,
    S3_SECRET_ACCESS_KEY: secrets.storageSecret,
    S3_FORCE_PATH_STYLE: "true",
    DATABASE_URL: database.url,
    SHOPIFY_APP_URL: door.url,
    S3_ENDPOINT: storage.url,
    SMTP_URL: `smtp://127.0.0.1:${mailbox.port}`,
    SWEEP_EVERY_SECONDS: options.fast ? "10" : "600",
    SANDBOX_SHOPIFY_URL: home.url,
  };
  const app = { root, logDir: path.join(dir, "logs"), env, port: ports.web, say };
  say("Starting the app …");
  const { web, worker, stop } = await startApp(app, { dev: options.dev });
  opened.defer(stop);
  await store.openApp(demoShop);
  await setUpDemo(app, path.join(dir, "demo-is-set-up"));

  const at = (face: string) => `${home.url}/${face}`;
  return {
    shop: demoShop,
    apiKey: secrets.apiKey,
    apiSecret: secrets.apiSecret,
    urls: {
      home: home.url,
      admin: at("admin"),
      storefront: at("storefront"),
      account: at("account"),
      inbox: at("inbox"),
      app: door.url,
      control: at("control"),
    },
    logs: app.logDir,
    databaseUrl: database.url,
    web,
    worker,
    restartDatabase: database.restart,
  };
}
