import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, inject } from "vitest";
import { reserveMailboxPort, stopTestMailbox } from "./mailbox";
import { reserveStoragePort, stopTestStorage, storageAccess } from "./storage";

// Runs before a test file's own imports: the app reads its settings when its modules load.

const templateUrl = new URL(inject("templateUrl"));
const template = templateUrl.pathname.slice(1);
const database = `test_${randomUUID().replaceAll("-", "")}`;

await onServer(`CREATE DATABASE "${database}" TEMPLATE "${template}"`);
afterAll(() => onServer(`DROP DATABASE "${database}" WITH (FORCE)`));
afterAll(stopTestStorage);
afterAll(stopTestMailbox);

Object.assign(process.env, {
  NODE_ENV: "test",
  DATABASE_URL: Object.assign(new URL(templateUrl), { pathname: `/${database}` }).href,
  DATABASE_POOL: "40",
  SHOPIFY_API_KEY: "test-api-key",
  SHOPIFY_API_SECRET: "test-api-secret",
  SHOPIFY_APP_URL: "https://app.example.com",
  SMTP_URL: `smtp://127.0.0.1:${await reserveMailboxPort()}`,
  MAIL_FROM: "mail@app.example.com",
  MAIL_WEBHOOK_SECRET: "test-mail-webhook-secret",
  KEY_ENCRYPTION_KEYS: Buffer.alloc(32, "test").toString("base64"),
  S3_ENDPOINT: `http://127.0.0.1:${await reserveStoragePort()}`,
  S3_REGION: storageAccess.region,
  S3_BUCKET: storageAccess.bucket,
  S3_ACCESS_KEY_ID: storageAccess.accessKeyId,
  S3_SECRET_ACCESS_KEY: storageAccess.secretAccessKey,
  S3_FORCE_PATH_STYLE: "true",
});

async function onServer(statement: string) {
  const client = new pg.Client({ connectionString: new URL("/postgres", templateUrl).href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
