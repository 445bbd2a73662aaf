import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { addActivation } from "~/domain/activation/add-activation.server";
import { action, loader } from "~/routes/app.licenses.$keyId/route";
import { action as searchAction, loader as listLoader } from "~/routes/app.licenses._index/route";
import { createLicense } from "../factories";
import { createMerchant, formOf, visit, type Merchant } from "../setup/merchant";

async function soldLicense(columns: Parameters<typeof createLicense>[0] = {}) {
  const merchant = await createMerchant();
  const license = await createLicense({ shopId: merchant.shopId, pool: { activationLimit: 2 }, ...columns });
  const read = async () => (await visit(loader, merchant, { keyId: license.keyId })).body;
  const send = (fields: Record<string, string>) => visit(action, merchant, { keyId: license.keyId }, formOf(fields));
  return { ...license, merchant, read, send };
}

describe("a license's page", () => {
  test("given a license, when shown, then how it stands and what it allows, and never its text", async () => {
    const { read, text, grant, pool } = await soldLicense();

    const page = await read();

    expect(page.license).toMatchObject({
      keyEnd: "ABCD",
      state: "active",
      activationLimit: 2,
      used: 0,
      pool: { id: pool.id },
      order: { id: grant?.orderId },
    });
    expect(JSON.stringify(page)).not.toContain(text);
  });

  test("given a license, when its key is looked at, then the text is answered and that is recorded", async () => {
    const { read, send, text } = await soldLicense();

    expect((await send({ intent: "reveal" })).body).toEqual({ kind: "key", text });

    const page = await read();
    expect(page.history[0]).toMatchObject({ actor: "person:42", sentence: expect.stringContaining("was looked at") });
    expect(page.license.shownAt).toBeNull();
  });

  test("given machines added beyond the limit, when the third comes, then it is refused until the limit is raised", async () => {
    const { read, send } = await soldLicense();
    await send({ intent: "add", fingerprint: "one", name: "Studio" });
    await send({ intent: "add", fingerprint: "two", name: "" });

    expect((await send({ intent: "add", fingerprint: "three", name: "" })).body.message).toContain(
      "Every place is taken",
    );
    expect((await send({ intent: "add", fingerprint: "one", name: "" })).body.message).toContain("has a place already");
    const change = { intent: "change", limit: "own", machines: "3", endsOn: "2030-05-01", note: " VIP " };
    expect((await send(change)).body).toMatchObject({ kind: "done" });
    expect((await send({ intent: "add", fingerprint: "three", name: "" })).status).toBe(200);

    const { license, machines, history } = await read();
    expect(license).toMatchObject({
      activationLimit: 3,
      ownLimit: 3,
      used: 3,
      note: "VIP",
      ownExpiresAt: "2030-05-01T23:59:59.999Z",
    });
    expect(machines.map((machine: { fingerprint: string }) => machine.fingerprint)).toEqual(["one", "two", "three"]);
    expect(history.map((entry: { sentence: string }) => entry.sentence)[0]).toContain("was added to");
  });

  test("given a machine, when it is suspended, blocked and unblocked, then each is undone by what the answer offers", async () => {
    const { read, send } = await soldLicense();
    await send({ intent: "add", fingerprint: "one", name: "Studio" });
    const { machines } = await read();
    const activationId: string = machines[0].id;

    const suspended = await send({ intent: "suspend", activationId });
    expect((await read()).machines[0].state).toBe("suspended");
    await send(suspended.body.undo);
    expect((await read()).machines[0].state).toBe("active");

    const blocked = await send({ intent: "block", fingerprint: "one" });
    expect(await read()).toMatchObject({ license: { used: 0 }, machines: [{ state: "blocked" }] });
    expect((await send({ intent: "add", fingerprint: "one", name: "" })).body.message).toContain("is blocked");
    await send(blocked.body.undo);
    expect((await read()).machines).toEqual([]);
  });

  test("given a machine, when it is removed, then undoing gives it its place and name again", async () => {
    const { read, send } = await soldLicense();
    await send({ intent: "add", fingerprint: "one", name: "Studio" });
    const { machines } = await read();

    const removed = await send({ intent: "remove", activationId: machines[0].id });

    expect((await read()).license.used).toBe(0);
    expect(removed.body.undo).toEqual({ intent: "add", fingerprint: "one", name: "Studio" });
    await send(removed.body.undo);
    expect((await read()).machines).toMatchObject([{ fingerprint: "one", name: "Studio" }]);
  });

  test("given machines of which one is blocked, when all are removed, then the blocked one stays", async () => {
    const { read, send } = await soldLicense();
    await send({ intent: "add", fingerprint: "one", name: "" });
    await send({ intent: "block", fingerprint: "two" });

    expect((await send({ intent: "reset" })).body).toMatchObject({ kind: "done" });

    expect((await read()).machines).toMatchObject([{ fingerprint: "two", state: "blocked" }]);
    expect((await send({ intent: "reset" })).status).toBe(409);
  });

  test.each([
    ["no fingerprint", { intent: "add", fingerprint: "", name: "" }],
    ["a limit of none", { intent: "change", limit: "own", machines: "0", endsOn: "", note: "" }],
    ["no day", { intent: "change", limit: "pool", machines: "1", endsOn: "tomorrow", note: "" }],
    ["an unknown intent", { intent: "delete" }],
  ])("given %s, when sent, then 422 says what is wrong and nothing changes", async (_name, fields) => {
    const { read, send } = await soldLicense();

    expect(await send(fields as Record<string, string>)).toMatchObject({ status: 422, body: { kind: "refused" } });

    expect(await read()).toMatchObject({ license: { used: 0, ownLimit: null }, history: [] });
  });

  test("given another shop's license or machine, when asked for, then 404 and nothing changes", async () => {
    const mine = await soldLicense();
    const other = await soldLicense();
    await other.send({ intent: "add", fingerprint: "one", name: "" });
    const [machine] = (await other.read()).machines;

    expect((await visit(loader, mine.merchant, { keyId: other.keyId })).status).toBe(404);
    expect((await visit(action, mine.merchant, { keyId: other.keyId }, formOf({ intent: "reveal" }))).status).toBe(404);
    for (const intent of ["remove", "suspend"]) {
      expect((await mine.send({ intent, activationId: machine.id })).status).toBe(404);
    }
    expect((await visit(action, mine.merchant, { keyId: other.keyId }, formOf({ intent: "reset" }))).status).toBe(404);
    expect((await other.read()).machines).toMatchObject([{ state: "active" }]);
  });

  test("given a key that nobody was given, when its page is asked for, then there is none", async () => {
    const { merchant, pool } = await soldLicense();
    const { keyId } = await createLicense({
      shopId: merchant.shopId,
      isIssued: true,
      key: { state: "available", issuedAt: null },
    });

    expect(pool.id).not.toBe("");
    expect((await visit(loader, merchant, { keyId })).status).toBe(404);
  });

  test("given a license without an order, when its machines change, then its history tells", async () => {
    const { read, send } = await soldLicense({
      isIssued: true,
      key: { holderEmail: "ann@example.com", reference: "R-1" },
    });
    await send({ intent: "add", fingerprint: "one", name: "Studio" });

    expect(await read()).toMatchObject({
      license: { order: null, issued: { holderEmail: "ann@example.com", reference: "R-1" } },
      history: [{ sentence: expect.stringContaining("The machine Studio was added") }],
    });
  });
});

describe("the list", () => {
  const search = async (merchant: Merchant, q: string) => {
    const { body } = await visit(searchAction, merchant, {}, formOf({ q }));
    return body.licenses.map(({ id }: { id: string }) => id) as string[];
  };

  test("given licenses, when searched by key, end, order, email or fingerprint, then each finds its own", async () => {
    const { merchant, keyId, text, grant } = await soldLicense({ text: "FIND-ME-7Q9Z" });
    await createLicense({ shopId: merchant.shopId });
    const issued = await createLicense({
      shopId: merchant.shopId,
      isIssued: true,
      key: { holderEmail: "kim@shop.example" },
    });
    const add = { shopId: merchant.shopId, keyId, name: null, actor: "person:1", now: new Date() } as const;
    await addActivation({ ...add, fingerprint: "machine-9000" });
    const order = await db.order.update({
      where: { id: grant?.orderId },
      data: { name: "#X77", email: "zoe@example.com" },
    });

    for (const q of [text, text.toLowerCase(), ` ${text} `, "7Q9Z", "…7q9z", "X77", "zoe@", "machine-9000"]) {
      expect([q, await search(merchant, q)]).toEqual([q, [keyId]]);
    }
    expect(await search(merchant, "kim@shop")).toEqual([issued.keyId]);
    for (const q of ["%", "_", "machine-900", "FIND-ME", order.id])
      expect([q, await search(merchant, q)]).toEqual([q, []]);
  });

  test("given another shop's license, when searched by its text, then nothing is found", async () => {
    const mine = await soldLicense();
    const other = await soldLicense();

    expect(await search(mine.merchant, other.text)).toEqual([]);
  });

  test.each(["after_1_------------------------------------", "after_999999999999999_", "nonsense", "%00"])(
    "given the cursor %s that no page said, when the list is opened, then it begins at the newest",
    async (cursor) => {
      const { merchant, keyId } = await soldLicense();
      const whole = cursor.endsWith("9_") ? `${cursor}${keyId}` : cursor;

      const { body } = await visit(listLoader, merchant, {}, undefined, `?cursor=${whole}`);

      expect(body.licenses).toMatchObject([{ id: keyId }]);
    },
  );

  test("given 60 licenses of one moment, when paged to the end and back, then each comes once, newest first", async () => {
    const { merchant } = await soldLicense();
    for (let number = 1; number < 60; number++)
      await createLicense({ shopId: merchant.shopId, isIssued: number % 2 === 0 });
    await db.grant.updateMany({ data: { createdAt: new Date("2026-01-15T12:00:00Z") } });
    const pages: string[][] = [];
    let cursor = "";
    let previous = "";
    for (;;) {
      const { body } = await visit(listLoader, merchant, {}, undefined, cursor);
      pages.push(body.licenses.map(({ id }: { id: string }) => id));
      if (!body.next) break;
      cursor = `?cursor=${body.next}`;
      previous = `?cursor=${(await visit(listLoader, merchant, {}, undefined, cursor)).body.previous}`;
    }

    expect(pages.map((page) => page.length)).toEqual([25, 25, 10]);
    expect(new Set(pages.flat()).size).toBe(60);
    expect(pages.flat()).toEqual(pages.flat().sort().reverse());
    const { body } = await visit(listLoader, merchant, {}, undefined, previous);
    expect(body.licenses.map(({ id }: { id: string }) => id)).toEqual(pages[1]);
  });
});
