import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { readKeys } from "~/domain/license/read-keys.server";
import { importKeys, type ImportKeysResult } from "~/domain/key-import/import-keys.server";
import { listImports } from "~/domain/key-import/list-imports.server";
import { createGrant, createPool, openConnections } from "../../factories";
import { csv } from "../pool/csv";

const now = new Date("2026-01-15T12:00:00Z");

describe("importKeys", () => {
  test("given a file of keys, when it is imported, then all are available in the order of the file", async () => {
    const { id: poolId, shopId } = await createPool();

    const result = await importKeys({ shopId, poolId, fileName: "keys.csv", body: csv(numbered(12_000)), now });

    expect(result).toMatchObject({ kind: "imported", report: { added: 12_000, lines: [] }, served: 0 });
    const ends = await db.poolKey.findMany({ where: { poolId, state: "available" }, orderBy: { seq: "asc" } });
    expect(ends.map(({ keyEnd }) => keyEnd)).toEqual(numbered(12_000).map((key) => key.slice(-4)));
  });

  test("given good, double and bad lines, when the file is imported, then the report names each but no key", async () => {
    const { id: poolId, shopId } = await createPool({ keys: ["HERE-0001"] });
    const lines = ["key;name", "NEW-0001;x", "HERE-0001;x", "NEW-0001;x", ";x", `${"A".repeat(501)};x`, "NEW-0002;x"];

    const result = await importKeys({ shopId, poolId, fileName: "keys.csv", body: csv(lines), now });

    expect(reportOf(result)).toEqual({
      added: 2,
      duplicatesInFile: 1,
      alreadyHere: 1,
      bad: 2,
      lines: [
        { line: 3, reason: "already_here", end: "0001" },
        { line: 4, reason: "duplicate_in_file", end: "0001" },
        { line: 5, reason: "no_key", end: "" },
        { line: 6, reason: "too_long", end: "" },
      ],
    });
    expect(JSON.stringify(result)).not.toContain("HERE-");
  });

  test("given an import is done, when imports are listed, then its report is there", async () => {
    const { id: poolId, shopId } = await createPool();
    const body = csv("A-0000001\nA-0000001\n");

    const result = await importKeys({ shopId, poolId, fileName: "keys.csv", body, now });

    expect(await listImports(shopId, poolId)).toEqual([
      expect.objectContaining({ fileName: "keys.csv", createdAt: now, ...reportOf(result) }),
    ]);
  });

  test("given more than 100 bad lines, when the file is imported, then all are counted and 100 are named", async () => {
    const { id: poolId, shopId } = await createPool();
    const lines = ["key,note", "A-1,x", ...Array.from({ length: 250 }, () => ",x")];

    const report = reportOf(await importKeys({ shopId, poolId, fileName: "keys.csv", body: csv(lines), now }));

    expect(report.bad).toBe(250);
    expect(report.lines).toHaveLength(100);
  });

  test("given a file was imported, when it is imported again, then nothing is added", async () => {
    const { id: poolId, shopId } = await createPool();
    const again = () => importKeys({ shopId, poolId, fileName: "keys.csv", body: csv(numbered(50)), now });
    await again();

    const report = reportOf(await again());

    expect(report).toMatchObject({ added: 0, alreadyHere: 50 });
    expect(await db.poolKey.count({ where: { poolId } })).toBe(50);
  });

  test("given a key is in another pool of the shop, when it is imported, then it is here already", async () => {
    const { shopId } = await createPool({ keys: ["A-1"] });
    const { id: poolId } = await createPool({ shopId });

    const result = await importKeys({ shopId, poolId, fileName: "keys.csv", body: csv("A-1\nA-2"), now });

    expect(reportOf(result)).toMatchObject({ added: 1, alreadyHere: 1 });
  });

  test("given a key of another shop, when it is imported, then it is added", async () => {
    await createPool({ keys: ["A-1"] });
    const { id: poolId, shopId } = await createPool();

    const result = await importKeys({ shopId, poolId, fileName: "keys.csv", body: csv("A-1"), now });

    expect(reportOf(result).added).toBe(1);
  });

  test("given the same keys in two orders, when eight imports run at once, then each key is added once", async () => {
    const { id: poolId, shopId } = await createPool();
    const { id: otherPoolId } = await createPool({ shopId });
    const keys = numbered(6_000);
    await openConnections(8);

    const results = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        importKeys({
          shopId,
          poolId: index % 2 === 0 ? poolId : otherPoolId,
          fileName: "keys.csv",
          body: csv(index % 2 === 0 ? keys : keys.toReversed()),
          now,
        }),
      ),
    );

    expect(results.map((result) => reportOf(result).added).reduce((sum, added) => sum + added)).toBe(6_000);
    expect(await db.poolKey.count({ where: { shopId } })).toBe(6_000);
  });
});

describe("grants that wait for keys", () => {
  test("given three wait, when two keys are imported, then the two that waited longest get them", async () => {
    const { id: poolId, shopId } = await createPool();
    const at = (minute: number) => new Date(now.getTime() + minute * 60_000);
    const third = await createGrant({ shopId, poolId, state: "waiting", createdAt: at(3) });
    const first = await createGrant({ shopId, poolId, state: "waiting", createdAt: at(1) });
    const second = await createGrant({ shopId, poolId, state: "waiting", createdAt: at(2) });

    const result = await importKeys({ shopId, poolId, fileName: "keys.csv", body: csv("A-1\nA-2"), now });

    expect(result).toMatchObject({ served: 2 });
    expect(await readKeys(db, shopId, [first.id, second.id, third.id])).toEqual(
      new Map([
        [first.id, "A-1"],
        [second.id, "A-2"],
      ]),
    );
    expect(await statesOf([first.id, second.id, third.id])).toEqual(["active", "active", "waiting"]);
  });

  test("given one was revoked while it waited, when keys are imported, then it gets none", async () => {
    const { id: poolId, shopId } = await createPool();
    const grant = await createGrant({ shopId, poolId, state: "revoked", revokedBy: "person" });

    const result = await importKeys({ shopId, poolId, fileName: "keys.csv", body: csv("A-1"), now });

    expect(result).toMatchObject({ served: 0 });
    expect(await readKeys(db, shopId, [grant.id])).toEqual(new Map());
  });

  test("given some wait, when keys are imported, then the audit says whom the import served", async () => {
    const { id: poolId, shopId } = await createPool();
    const { id: grantId, orderId } = await createGrant({ shopId, poolId, state: "waiting" });

    await importKeys({ shopId, poolId, fileName: "keys.csv", body: csv("A-1"), actor: "person:7", now });

    const entries = await db.auditEntry.findMany({ where: { shopId } });
    expect(entries).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ actor: "worker", action: "served", orderId, grantId }),
        expect.objectContaining({ actor: "person:7", action: "keys_imported" }),
      ]),
    );
  });
});

describe("nothing is imported by halves", () => {
  const xlsx = Buffer.concat([Buffer.from("504b030414000600", "hex"), Buffer.from("[Content_Types].xml")]);

  test.each([
    ["is empty", "", "empty", null],
    ["is an XLSX", xlsx, "spreadsheet", null],
    ["has a line of 10 MB after good ones", `A-1\nA-2\n${"A".repeat(10_000_000)}`, "line_too_long", 3],
    ["is broken at its end", `${numbered(9_000).join("\n")}\n"A-1`, "unclosed_quote", 9_001],
    [
      "turns out not to be UTF-8 at its end",
      Buffer.concat([Buffer.from(["ключ", ...numbered(9_000)].join("\n")), Buffer.of(0xff)]),
      "not_utf8",
      null,
    ],
  ])(
    "given a file that %s, when it is imported, then it is refused and nothing is written",
    async (_, file, reason, line) => {
      const { id: poolId, shopId } = await createPool();

      const result = await importKeys({ shopId, poolId, fileName: "keys.csv", body: csv(file), now });

      expect(result).toEqual({ kind: "refused", reason, line });
      expect(await writtenTo(poolId)).toEqual({ keys: 0, imports: 0 });
    },
  );

  test("given the upload breaks off, when it is imported, then nothing is written", async () => {
    const { id: poolId, shopId } = await createPool();
    async function* body() {
      yield* csv(numbered(9_000));
      throw new Error("connection reset");
    }

    await expect(importKeys({ shopId, poolId, fileName: "keys.csv", body: body(), now })).rejects.toThrow("reset");

    expect(await writtenTo(poolId)).toEqual({ keys: 0, imports: 0 });
  });

  test("given the database fails in the middle, when it is imported, then nothing is written and no key is in the error", async () => {
    const { id: poolId, shopId } = await createPool();
    await failAtKeyEnding("FAIL");
    const keys = numbered(9_000).with(7_777, "SERIAL-FAIL");

    const failure = importKeys({ shopId, poolId, fileName: "keys.csv", body: csv(keys), now });

    await expect(failure).rejects.toThrow("the disk is full");
    await expect(failure).rejects.not.toThrow("SERIAL-");
    expect(await writtenTo(poolId)).toEqual({ keys: 0, imports: 0 });
  });

  test("given another shop's pool, when keys are imported, then it is unknown", async () => {
    const { id: poolId } = await createPool();

    const result = await importKeys({ shopId: randomUUID(), poolId, fileName: "keys.csv", body: csv("A-1"), now });

    expect(result).toMatchObject({ kind: "refused", reason: "unknown_pool" });
  });
});

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `SERIAL-${String(index + 1).padStart(6, "0")}`);
}

function reportOf(result: ImportKeysResult) {
  if (result.kind !== "imported") throw new Error(`refused: ${result.reason}`);
  return result.report;
}

async function statesOf(grantIds: string[]) {
  const grants = await db.grant.findMany({ where: { id: { in: grantIds } } });
  return grantIds.map((id) => grants.find((grant) => grant.id === id)?.state);
}

async function writtenTo(poolId: string) {
  return {
    keys: await db.poolKey.count({ where: { poolId } }),
    imports: await db.keyImport.count({ where: { poolId } }),
  };
}

async function failAtKeyEnding(end: string) {
  await db.$executeRawUnsafe(`
    CREATE OR REPLACE FUNCTION fail_at_key() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF NEW."keyEnd" = '${end}' THEN RAISE EXCEPTION 'the disk is full'; END IF; RETURN NEW; END $$`);
  await db.$executeRawUnsafe(
    `CREATE TRIGGER fail_at_key BEFORE INSERT ON "PoolKey" FOR EACH ROW EXECUTE FUNCTION fail_at_key()`,
  );
}
