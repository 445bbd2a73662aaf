import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { db, inTransaction, onOwnConnection } from "~/db.server";
import { readKeys } from "~/domain/license/read-keys.server";
import { addImport } from "~/domain/key-import/add-import.server";
import { cancelImport } from "~/domain/key-import/cancel-import.server";
import { checkImport } from "~/domain/key-import/check-import.server";
import { cleanImports } from "~/domain/key-import/clean-imports.server";
import { createImport } from "~/domain/key-import/create-import.server";
import { endImport } from "~/domain/key-import/end-import.server";
import { findImport } from "~/domain/key-import/find-import.server";
import { lockImport } from "~/domain/key-import/import-lock.server";
import type { KeyFileChoice } from "~/domain/key-import/key-file-choice";
import { previewImport } from "~/domain/key-import/preview-import.server";
import { signReport } from "~/domain/key-import/sign-report.server";
import { startAdding } from "~/domain/key-import/start-adding.server";
import { startCheck } from "~/domain/key-import/start-check.server";
import { readObject } from "~/gateways/storage/read-object.server";
import { createGrant, createPool, openConnections } from "../../factories";
import { startTestStorage } from "../../setup/storage";
import { untilOneWaits } from "../../setup/until-one-waits";

const now = new Date("2026-01-15T12:00:00Z");
let isStorageAway = false;
await startTestStorage(() => (isStorageAway ? { status: 503, rate: 1 } : {}));

describe("the dry run", () => {
  test("given a file in storage, when it is checked, then everything is counted and nothing is added", async () => {
    const { id: poolId, shopId } = await createPool({ keys: ["HERE-0001"] });
    const file = "key,note\nNEW-0001,for Ann\nHERE-0001,\nNEW-0001,\n,x\nNEW-0002,\n";

    const importId = await check(shopId, poolId, file);

    expect(await findImport(shopId, importId)).toMatchObject({
      state: "checked",
      fresh: 2,
      alreadyHere: 1,
      duplicatesInFile: 1,
      bad: 1,
      readBytes: Buffer.byteLength(file),
      freshLines: [
        { line: 2, end: "0001" },
        { line: 6, end: "0002" },
      ],
      lines: [
        { line: 3, reason: "already_here", end: "0001" },
        { line: 4, reason: "duplicate_in_file", end: "0001" },
        { line: 5, reason: "no_key", end: "" },
      ],
    });
    expect(await db.poolKey.count({ where: { poolId } })).toBe(1);
  });

  test("given keys are staged, when the database is looked at, then no key stands there plainly", async () => {
    const { id: poolId, shopId } = await createPool();

    await check(shopId, poolId, "key,note\nPLAIN-SECRET-0001,x\n,\nPLAIN\u200BSECRET-0002,x\n");

    const [row] = await db.$queryRaw<{ text: string }[]>`
      SELECT concat((SELECT string_agg(s::text, ' ') FROM "StagedKey" s), (SELECT string_agg(i::text, ' ') FROM "KeyImport" i)) AS text`;
    expect(row?.text).not.toContain("SECRET");
    expect(row?.text).not.toContain(Buffer.from("SECRET").toString("hex"));
  });

  test("given more than 100 lines of a kind, when the report is downloaded, then every one is in it and no formula", async () => {
    const { id: poolId, shopId } = await createPool();
    const lines = Array.from({ length: 250 }, (_, line) => `=A\u200B${1000 + line}`);

    const importId = await check(shopId, poolId, ["key", ...lines, "GOOD-1"].join("\n"));

    const url = await signReport(shopId, importId);
    const report = await (await fetch(url ?? "")).text();
    expect(report.split("\r\n").filter((line) => line.includes("invisible"))).toHaveLength(250);
    expect(report).not.toMatch(/(^|,)=/m);
    expect((await findImport(shopId, importId))?.lines).toHaveLength(100);
  });

  test("given several columns that could be it, when the file is checked, then the person is asked and it is checked again", async () => {
    const { id: poolId, shopId } = await createPool();
    const importId = await check(shopId, poolId, "A-1,B-1\nA-2,B-2\n");

    expect(await findImport(shopId, importId)).toMatchObject({ state: "checked", problem: "column_needed" });
    expect(await startAdding({ shopId, importId, actor: "worker" })).toMatchObject({ reason: "not_checked" });
    expect(await previewImport({ shopId, importId })).toMatchObject({ preview: { columns: ["Column 1", "Column 2"] } });
    await checkAgain(shopId, importId, { column: 1 });

    expect(await findImport(shopId, importId)).toMatchObject({ state: "checked", problem: null, fresh: 2 });
  });

  test("given lines that name pools, when the file is imported, then each goes to its own and unknown ones are bad", async () => {
    const { id: poolId, shopId } = await createPool({ name: "One" });
    const { id: otherId } = await createPool({ shopId, name: "Other" });

    const importId = await check(
      shopId,
      poolId,
      "pool,key\n,KEY-0001\nother,KEY-0002\nNowhere,KEY-0003\nOther,KEY-0001\n",
    );
    const checked = await findImport(shopId, importId);
    await add(shopId, importId);

    expect(checked).toMatchObject({ fresh: 2, bad: 1, duplicatesInFile: 1 });
    expect(checked?.lines[0]).toEqual({ line: 4, reason: "unknown_pool", end: "0003" });
    expect(await db.poolKey.count({ where: { poolId } })).toBe(1);
    expect(await db.poolKey.count({ where: { poolId: otherId } })).toBe(1);
  });

  test.each([
    ["is an XLSX", "PK\x03\x04 [Content_Types].xml", "spreadsheet", null],
    ["has a third line of 10 MB", `A-1\nA-2\n${"A".repeat(10_000_000)}\n`, "line_too_long", 3],
    ["has nothing but a header", "key\n", "no_keys", null],
    ["breaks a quotation after 9,000 good lines", `${"A-1\n".repeat(9_000)}"A`, "unclosed_quote", 9_001],
  ])(
    "given a file that %s, when it is checked, then it fails with that reason and leaves nothing",
    async (_, file, problem, line) => {
      const { id: poolId, shopId } = await createPool();

      const importId = await check(shopId, poolId, file);

      expect(await findImport(shopId, importId)).toMatchObject({ state: "failed", problem, problemLine: line });
      await endImport(importId);
      expect(await leftOf(importId)).toEqual({ keys: 0, staged: 0, hasFile: false });
    },
  );

  test("given storage is away, when a file is checked, then it waits, and goes on from the beginning", async () => {
    const { id: poolId, shopId } = await createPool();
    const importId = await upload(shopId, poolId, "A-1\nA-2\n");
    await startCheck({ shopId, importId, choice: {} });
    isStorageAway = true;

    await expect(checkImport(importId, now)).rejects.toThrow("Storage did not answer");
    isStorageAway = false;
    expect(await findImport(shopId, importId)).toMatchObject({ state: "checking", problem: "waiting" });
    await checkImport(importId, now);

    expect(await findImport(shopId, importId)).toMatchObject({ state: "checked", problem: null, fresh: 2 });
  });

  test("given a crash at half of the check, when the job runs again, then the outcome is as if there was none", async () => {
    const { id: poolId, shopId } = await createPool();
    const importId = await upload(shopId, poolId, `${numbered(6_000).join("\n")}\n`);
    await startCheck({ shopId, importId, choice: {} });
    const row = { importId, id: randomUUID(), keyEnd: "half", keyHash: Buffer.from("half"), ciphertext: Buffer.of(1) };
    await db.stagedKey.createMany({ data: [1, 2, 3].map((line) => ({ ...row, line })) });

    await checkImport(importId, now);

    expect(await findImport(shopId, importId)).toMatchObject({ fresh: 6_000, duplicatesInFile: 0, bad: 0 });
    expect(await db.stagedKey.count({ where: { importId } })).toBe(6_000);
  });
});

describe("adding, all or nothing", () => {
  test("given a checked import, when it is added and ended, then the keys are there in order and its file is gone", async () => {
    const { id: poolId, shopId } = await createPool();
    const importId = await check(
      shopId,
      poolId,
      `key,activations,valid until,note\n${numbered(30_000).join(",3,2027-12-31,n\n")},,,\n`,
    );

    await add(shopId, importId);

    const keys = await db.poolKey.findMany({ where: { poolId }, orderBy: { seq: "asc" } });
    expect(keys.map(({ keyEnd }) => keyEnd)).toEqual(numbered(30_000).map((key) => key.slice(-4)));
    expect(keys[0]).toMatchObject({
      activationLimit: 3,
      expiresAt: new Date("2027-12-31T23:59:59.999Z"),
      note: "n",
      importId,
      state: "available",
    });
    expect(await findImport(shopId, importId)).toMatchObject({ state: "done", added: 30_000 });
    expect(await leftOf(importId)).toEqual({ keys: 30_000, staged: 0, hasFile: false });
  });

  test("given the same file was checked twice, when both are added at once, then each key is there once and both say so", async () => {
    const { id: poolId, shopId } = await createPool();
    const file = numbered(3_000).join("\n");
    const [one, two] = [await check(shopId, poolId, file), await check(shopId, poolId, file)];
    await openConnections(6);

    await Promise.all([add(shopId, one), add(shopId, two)]);

    const ended = [await findImport(shopId, one), await findImport(shopId, two)];
    expect(ended.map((found) => found?.added).sort()).toEqual([0, 3_000]);
    expect(ended.find((found) => found?.added === 0)).toMatchObject({ alreadyHere: 3_000 });
    expect(await db.poolKey.count({ where: { poolId } })).toBe(3_000);
  });

  test("given one import, when its job runs twice at once, then it adds once and says what it added", async () => {
    const { id: poolId, shopId } = await createPool();
    const importId = await check(shopId, poolId, numbered(3_000).join("\n"));
    await startAdding({ shopId, importId, actor: "worker" });
    await openConnections(4);

    await Promise.all([addImport(importId, now), addImport(importId, now)]);

    expect(await findImport(shopId, importId)).toMatchObject({ state: "done", added: 3_000, alreadyHere: 0 });
    expect(await db.auditEntry.count({ where: { shopId, action: "keys_imported" } })).toBe(1);
  });

  test("given grants wait in two pools, when one file fills both, then all are served", async () => {
    const { id: poolId, shopId } = await createPool({ name: "First" });
    const { id: otherId } = await createPool({ shopId, name: "Second" });
    const grants = [
      await createGrant({ shopId, poolId, state: "waiting" }),
      await createGrant({ shopId, poolId: otherId, state: "waiting" }),
    ];
    const importId = await check(shopId, poolId, "pool,key\nFirst,A-1\nSecond,B-1\n");

    await add(shopId, importId);

    expect(
      (
        await readKeys(
          db,
          shopId,
          grants.map(({ id }) => id),
        )
      ).size,
    ).toBe(2);
    expect(await findImport(shopId, importId)).toMatchObject({ served: 2 });
  });

  test("given an order looked into one pool and takes back what waits in another, when a file fills both, then neither stops the other", async () => {
    const { id: poolId, shopId } = await createPool({ name: "First" });
    const { id: otherId } = await createPool({ shopId, name: "Second" });
    const waits = await createGrant({ shopId, poolId, state: "waiting" });
    const importId = await check(shopId, poolId, "pool,key\nFirst,A-1\nSecond,B-1\n");
    await startAdding({ shopId, importId, actor: "worker" });
    await openConnections(6);

    const { adding } = await inTransaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "Pool" WHERE id = ${otherId}::uuid FOR SHARE`; // as an order that found it empty
      const adding = addImport(importId, now);
      await untilOneWaits();
      await tx.grant.update({ where: { id: waits.id }, data: { state: "revoked" } });
      return { adding };
    });
    await adding;

    expect(await findImport(shopId, importId)).toMatchObject({ state: "done", added: 2, served: 0 });
  });

  test("given the database fails at half, when it is added again, then nothing was half done and all is there once", async () => {
    const { id: poolId, shopId } = await createPool();
    const importId = await check(shopId, poolId, numbered(30_000).join("\n"));
    await startAdding({ shopId, importId, actor: "worker" });
    const half = `CHECK ("keyEnd" <> '7777' OR "poolId" <> '${poolId}')`;
    await db.$executeRawUnsafe(`ALTER TABLE "PoolKey" ADD CONSTRAINT half ${half}`);

    await expect(addImport(importId, now)).rejects.toThrow();
    expect(await db.poolKey.count({ where: { poolId } })).toBe(0);
    await db.$executeRawUnsafe(`ALTER TABLE "PoolKey" DROP CONSTRAINT half`);
    await addImport(importId, now);

    expect(await db.poolKey.count({ where: { poolId } })).toBe(30_000);
  });

  test("given PostgreSQL crashed and forgot what was staged, when it is added, then it is checked again first", async () => {
    const { id: poolId, shopId } = await createPool();
    const importId = await check(shopId, poolId, "A-1\nA-2\n");
    await startAdding({ shopId, importId, actor: "worker" });
    await db.stagedKey.deleteMany({ where: { importId } });

    await addImport(importId, now);
    expect(await findImport(shopId, importId)).toMatchObject({ state: "checking" });
    await checkImport(importId, now);

    expect(await findImport(shopId, importId)).toMatchObject({ state: "checked", fresh: 2 });
    expect(await db.poolKey.count({ where: { poolId } })).toBe(0);
  });
});

describe("cancelling", () => {
  test("given keys are being added, when it is cancelled, then none is", async () => {
    const { id: poolId, shopId } = await createPool();
    const importId = await check(shopId, poolId, numbered(30_000).join("\n"));
    await startAdding({ shopId, importId, actor: "worker" });

    // The job waits for the last lock before its end: it is cancelled with every key inserted.
    await onOwnConnection(async (client) => {
      await client.query(`BEGIN`);
      await client.query(`SELECT 1 FROM "Pool" WHERE id = $1 FOR NO KEY UPDATE`, [poolId]);
      const adding = addImport(importId, now);
      await expect.poll(() => waitingForPools(), { timeout: 20_000 }).toBe(1);
      expect(await cancelImport({ shopId, importId, now })).toEqual({ kind: "cancelled" });
      await client.query(`COMMIT`);
      await adding;
    });

    expect(await findImport(shopId, importId)).toMatchObject({ state: "cancelled", added: 0 });
    await endImport(importId);
    expect(await leftOf(importId)).toEqual({ keys: 0, staged: 0, hasFile: false });
  });

  test("given a file is being checked, when it is cancelled, then the job stops and nothing is left", async () => {
    const { id: poolId, shopId } = await createPool();
    const importId = await upload(shopId, poolId, numbered(5_000).join("\n"));
    await startCheck({ shopId, importId, choice: {} });

    await onOwnConnection(async (client) => {
      await lockImport(client, importId);
      const checking = checkImport(importId, now);
      await cancelImport({ shopId, importId, now });
      await client.query(`SELECT pg_advisory_unlock_all()`);
      await checking;
    });

    expect(await findImport(shopId, importId)).toMatchObject({ state: "cancelled" });
    await endImport(importId);
    expect(await leftOf(importId)).toEqual({ keys: 0, staged: 0, hasFile: false });
  });

  test("given an import is done, when it is cancelled, then it is too late", async () => {
    const { id: poolId, shopId } = await createPool();
    const importId = await check(shopId, poolId, "A-1");
    await add(shopId, importId);

    expect(await cancelImport({ shopId, importId, now })).toEqual({ kind: "refused", reason: "ended" });
    expect(await db.poolKey.count({ where: { poolId } })).toBe(1);
  });

  test("given another shop's import, when it is looked at, checked, added or cancelled, then it is unknown", async () => {
    const { id: poolId, shopId } = await createPool();
    const importId = await check(shopId, poolId, "A-1");
    const other = { shopId: randomUUID(), importId };

    expect(await findImport(other.shopId, importId)).toBeNull();
    expect(await previewImport(other)).toMatchObject({ kind: "refused" });
    expect(await signReport(other.shopId, importId)).toBeNull();
    expect(await startCheck({ ...other, choice: {} })).toMatchObject({ kind: "refused" });
    expect(await startAdding({ ...other, actor: "worker" })).toMatchObject({ kind: "refused" });
    expect(await cancelImport({ ...other, now })).toMatchObject({ kind: "refused" });
  });

  test("given a checked import was left alone for a day, when the hour's cleaning runs, then its file and lines go", async () => {
    const { id: poolId, shopId } = await createPool();
    const importId = await check(shopId, poolId, "A-1");

    await cleanImports(new Date(now.getTime() + 25 * 3_600_000));
    await endImport(importId);

    expect(await findImport(shopId, importId)).toMatchObject({ state: "cancelled", problem: "left_alone" });
    expect(await leftOf(importId)).toEqual({ keys: 0, staged: 0, hasFile: false });
  });
});

async function upload(shopId: string, poolId: string, file: string): Promise<string> {
  const body = Buffer.from(file);
  const actor = "person:7";
  const created = await createImport({ shopId, poolId, fileName: "keys.csv", sizeBytes: body.length, actor, now });
  if (created.kind === "refused") throw new Error(created.reason);
  const stored = await fetch(created.url, { method: "PUT", body });
  if (!stored.ok) throw new Error(await stored.text());
  return created.importId;
}

async function check(shopId: string, poolId: string, file: string): Promise<string> {
  const importId = await upload(shopId, poolId, file);
  await checkAgain(shopId, importId, {});
  return importId;
}

async function checkAgain(shopId: string, importId: string, choice: KeyFileChoice) {
  expect(await startCheck({ shopId, importId, choice })).toEqual({ kind: "started" });
  await checkImport(importId, now);
}

async function add(shopId: string, importId: string) {
  expect(await startAdding({ shopId, importId, actor: "worker" })).toEqual({ kind: "started" });
  await addImport(importId, now);
  await endImport(importId);
}

async function leftOf(importId: string) {
  const { shopId } = await db.keyImport.findUniqueOrThrow({ where: { id: importId } });
  return {
    keys: await db.poolKey.count({ where: { importId } }),
    staged: await db.stagedKey.count({ where: { importId } }),
    hasFile: (await readObject(`shops/${shopId}/imports/${importId}`)) !== null,
  };
}

async function waitingForPools(): Promise<number> {
  const [row] = await db.$queryRaw<{ waiting: number }[]>`
    SELECT count(*)::int AS waiting FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%"Pool"%'`;
  return row?.waiting ?? 0;
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `SERIAL-${String(index + 1).padStart(6, "0")}`);
}
