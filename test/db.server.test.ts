import { Prisma } from "@prisma/client";
import { describe, expect, test } from "vitest";
import { db, inTransaction, queryPrepared, type Tx } from "~/db.server";
import { env } from "~/env.server";
import { createShop } from "./factories";

const named = (domain: string) => Prisma.sql`
  INSERT INTO "Shop" ("id", "domain") VALUES (uuidv7(), ${domain}) RETURNING "domain"`;
const addShop = (tx: Tx, domain: string) => queryPrepared<{ domain: string }>(tx, "add shop", named(domain));
const domains = async () => (await db.shop.findMany({ select: { domain: true } })).map(({ domain }) => domain);

const transactionId = Prisma.sql`SELECT pg_current_xact_id()::text AS "id"`;
const idOf = async (tx: Tx) => (await queryPrepared<{ id: string }>(tx, "transaction id", transactionId))[0]?.id;
const prismaIdOf = async (tx: Tx) => (await tx.$queryRaw<{ id: string }[]>(transactionId))[0]?.id;

describe("queryPrepared", () => {
  test("given a transaction, when it runs, then it is part of that and of no other", async () => {
    await inTransaction(async (outer) => {
      const id = await prismaIdOf(outer);
      await inTransaction(async (inner) => {
        const innerId = await prismaIdOf(inner);

        expect(innerId).not.toBe(id);
        expect(await idOf(inner)).toBe(innerId);
        expect(await idOf(outer)).toBe(id);
      });
      expect(await idOf(outer)).toBe(id);
      expect(await idOf(db)).not.toBe(id);
    });
  });

  test("given a transaction in which others were begun past it, when it runs, then it is still part of its own", async () => {
    await inTransaction(async (tx) => {
      const id = await prismaIdOf(tx);

      await db.$transaction([db.$queryRaw(transactionId), db.$queryRaw(transactionId)]);

      expect(await idOf(tx)).toBe(id);
    });
  });

  test("given a transaction that throws after it, when it is over, then nothing of it stands", async () => {
    const failing = inTransaction(async (tx) => {
      await addShop(tx, "gone.myshopify.com");
      throw new Error("for a reason of its own");
    });

    await expect(failing).rejects.toThrow("for a reason of its own");
    expect(await domains()).not.toContain("gone.myshopify.com");
  });

  test("given a statement that PostgreSQL refuses, when it runs, then the transaction fails and leaves nothing", async () => {
    const { domain } = await createShop();

    const failing = inTransaction(async (tx) => {
      await addShop(tx, "before.myshopify.com");
      await addShop(tx, domain);
    });

    await expect(failing).rejects.toMatchObject({ code: "23505" });
    expect(await domains()).not.toContain("before.myshopify.com");
    await expect(inTransaction((tx) => addShop(tx, "after.myshopify.com"))).resolves.toHaveLength(1);
  });

  test("given a transaction that has ended, when it runs, then it is refused and nothing is written", async () => {
    const ended = await inTransaction(async (tx) => tx);

    await expect(addShop(ended, "late.myshopify.com")).rejects.toMatchObject({ code: "P2028" });
    expect(await domains()).not.toContain("late.myshopify.com");
  });

  test("given a transaction that took too long, when it runs, then it is refused and nothing is written", async () => {
    const late: Promise<unknown>[] = [];
    const tooLong = inTransaction(
      async (tx) => {
        await addShop(tx, "in-time.myshopify.com");
        for (let tries = 0; tries < 60; tries++) {
          late.push(addShop(tx, `late-${tries}.myshopify.com`).catch((error: unknown) => error));
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      },
      { timeoutMs: 100 },
    );

    await expect(tooLong).rejects.toMatchObject({ code: "P2028" });
    expect((await Promise.all(late)).at(-1)).toMatchObject({ code: "P2028" });
    expect((await domains()).filter((domain) => /^(in-time|late-)/.test(domain))).toEqual([]);
  });

  test("given values of each kind, when it answers, then they are what Prisma answers", async () => {
    const values = Prisma.sql`
      SELECT ${"text"}::text AS "text", ${7}::int AS "int", ${true}::boolean AS "boolean", ${null}::text AS "null",
             ${new Date("2026-03-29T01:30:00.123Z")}::timestamptz AS "at", ${Uint8Array.of(0, 255)}::bytea AS "bytes",
             ${["a", 'b"c']}::text[] AS "texts", ${'{"a":[1,null]}'}::jsonb AS "json",
             ${"01890a5d-ac96-774b-bcce-b302099a8057"}::uuid AS "uuid"`;

    const [prepared] = await queryPrepared(db, "values", values);
    const [asked] = await db.$queryRaw<Record<string, unknown>[]>(values);

    const bytesIn = (row: Record<string, unknown> | undefined) => ({
      ...row,
      bytes: [...((row?.bytes as Uint8Array | undefined) ?? [])],
    });
    expect(bytesIn(prepared)).toEqual(bytesIn(asked));
  });
});

describe("inTransaction", () => {
  test("given more transactions that lost their connection than there may be, when another begins, then it has one", async () => {
    const lose = () =>
      inTransaction(async (tx) => {
        await queryPrepared(tx, "end myself", Prisma.sql`SELECT pg_terminate_backend(pg_backend_pid())`);
      });

    for (let lost = 0; lost <= env.DATABASE_POOL; lost++) await expect(lose()).rejects.toThrow();

    await expect(inTransaction((tx) => prismaIdOf(tx))).resolves.toEqual(expect.any(String));
  });
});
