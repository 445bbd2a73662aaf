import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { beginAttempt } from "~/domain/delivery/begin-attempt.server";
import { endAttempt } from "~/domain/delivery/end-attempt.server";
import { giveUpUnsent } from "~/domain/delivery/give-up-unsent.server";
import { mailLocales } from "~/domain/delivery/locales";
import { readDeliveryToken } from "~/domain/delivery/delivery-token.server";
import { reportBounce } from "~/domain/delivery/report-bounce.server";
import { runSendDelivery } from "~/jobs/send-delivery.server";
import type { Mailbox } from "../../sandbox/mailbox/mailbox";
import { createAsset, createDelivery, createGrant, createOrder, createPool, createShop } from "../factories";
import { startTestMailbox } from "../setup/mailbox";

const now = new Date("2026-01-15T12:00:00Z");
const MINUTE_MS = 60_000;

let reject: number | boolean | string | undefined;
let mailbox: Mailbox;
beforeAll(async () => {
  mailbox = await startTestMailbox(() => ({ reject }));
});
beforeEach(() => {
  reject = undefined;
});

/** What the customer of a delivery has in the inbox, newest first. */
function inboxOf({ order }: { order: { email: string | null } }) {
  return mailbox.messages(order.email ?? "nobody");
}

function found(delivery: { id: string }) {
  return db.delivery.findUniqueOrThrow({ where: { id: delivery.id } });
}

function jobsOf({ id }: { id: string }) {
  return db.$queryRaw<{ run_at: Date }[]>`
    SELECT j.run_at FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
    WHERE t.identifier = 'send_delivery' AND j.payload->>'deliveryId' = ${id} ORDER BY j.run_at`;
}

describe("sending", () => {
  test("given a queued delivery, when it is sent, then the customer gets one message that leads to the page", async () => {
    const delivery = await createDelivery({
      shop: { senderName: "Sound Shop", senderAddress: "hello@sounds.example", supportAddress: "help@sounds.example" },
    });
    const token = readDeliveryToken(delivery);

    await runSendDelivery({ deliveryId: delivery.id }, now);

    const [message, ...others] = inboxOf(delivery);
    expect(others).toEqual([]);
    expect(message?.from).toBe('"Sound Shop" <hello@sounds.example>');
    expect(message?.subject).toBe(`Your downloads for order ${delivery.order.name}`);
    expect(message?.headers).toMatchObject({
      "message-id": `<${delivery.id}@app.example.com>`,
      "auto-submitted": "auto-generated",
      "reply-to": "help@sounds.example",
    });
    expect(message?.html).toContain(`href="https://app.example.com/d/${token}"`);
    expect(message?.text).toContain(`https://app.example.com/d/${token}`);
    const sent = await found(delivery);
    expect(sent).toMatchObject({ state: "sent", attempts: 1, sentAt: now, tokenCiphertext: null, problem: null });
    expect(sent.expiresAt).toEqual(new Date("2026-01-18T12:00:00Z"));
  });

  test("given no sender of the shop's own, when it is sent, then it comes from the app's address", async () => {
    const delivery = await createDelivery({ shop: { senderName: "Sound Shop" } });

    await runSendDelivery({ deliveryId: delivery.id }, now);

    expect(inboxOf(delivery)[0]?.from).toBe('"Sound Shop" <mail@app.example.com>');
    expect(inboxOf(delivery)[0]?.headers["reply-to"]).toBeUndefined();
  });

  test("given a delivery that was sent, when its job runs again, then nothing more is sent", async () => {
    const delivery = await createDelivery();
    await runSendDelivery({ deliveryId: delivery.id }, now);

    await runSendDelivery({ deliveryId: delivery.id }, now);

    expect(inboxOf(delivery)).toHaveLength(1);
    expect(await found(delivery)).toMatchObject({ state: "sent", attempts: 1 });
  });

  test("given a worker killed after the mail server's yes, when the job runs again, then the message is the same and marked once", async () => {
    const delivery = await createDelivery();
    await runSendDelivery({ deliveryId: delivery.id }, now);
    const { tokenCiphertext } = delivery;
    await db.delivery.update({ where: { id: delivery.id }, data: { state: "queued", sentAt: null, tokenCiphertext } });

    await runSendDelivery({ deliveryId: delivery.id }, now);

    const [second, first] = inboxOf(delivery);
    expect(second?.headers["message-id"]).toBe(first?.headers["message-id"]);
    expect(second?.html).toBe(first?.html);
    expect(await found(delivery)).toMatchObject({ state: "sent", attempts: 2 });
  });

  test("given two workers at the same delivery, when both send, then it is marked and recorded once", async () => {
    const delivery = await createDelivery();

    await Promise.all([1, 2].map(() => runSendDelivery({ deliveryId: delivery.id }, now)));

    const ids = new Set(inboxOf(delivery).map(({ headers }) => headers["message-id"]));
    expect(ids.size).toBe(1);
    expect((await found(delivery)).state).toBe("sent");
    expect(await db.auditEntry.count({ where: { orderId: delivery.orderId, action: "delivered" } })).toBe(1);
  });

  test("given an order whose address was erased meanwhile, when it is to be sent, then nobody is written to", async () => {
    const delivery = await createDelivery();
    await db.order.update({ where: { id: delivery.orderId }, data: { email: null, redactedAt: now } });

    await runSendDelivery({ deliveryId: delivery.id }, now);

    expect(inboxOf(delivery)).toEqual([]);
    expect(await found(delivery)).toMatchObject({ state: "unaddressed", tokenCiphertext: null });
  });

  test("given everything was taken back meanwhile, when it is to be sent, then it is withdrawn", async () => {
    const delivery = await createDelivery();
    await db.grant.updateMany({ where: { orderId: delivery.orderId }, data: { state: "revoked" } });

    await runSendDelivery({ deliveryId: delivery.id }, now);

    expect(inboxOf(delivery)).toEqual([]);
    expect(await db.delivery.count({ where: { id: delivery.id } })).toBe(0);
  });
});

describe("a mail server that does not take it", () => {
  test("given a 451, when it is sent, then it is tried again a minute later and sent", async () => {
    const delivery = await createDelivery();
    reject = "451 Try again later";

    await runSendDelivery({ deliveryId: delivery.id }, now);

    expect(await found(delivery)).toMatchObject({ state: "queued", attempts: 1 });
    expect((await found(delivery)).problem).toContain("451 Try again later");
    expect((await jobsOf(delivery)).at(0)?.run_at).toEqual(new Date(now.getTime() + MINUTE_MS));
    reject = undefined;
    await runSendDelivery({ deliveryId: delivery.id }, now);
    expect(inboxOf(delivery)).toHaveLength(1);
    expect(await found(delivery)).toMatchObject({ state: "sent", problem: null });
  });

  test("given it is put off for a day, when the last attempt fails, then the merchant is to be told", async () => {
    const delivery = await createDelivery();
    reject = 421;
    let waitedMs = 0;

    for (let attempt = 1; attempt <= 13; attempt += 1) {
      const at = new Date(now.getTime() + waitedMs);
      await runSendDelivery({ deliveryId: delivery.id }, at);
      const next = (await jobsOf(delivery)).find(({ run_at }) => run_at > at);
      if ((await found(delivery)).state === "queued" && next) waitedMs = next.run_at.getTime() - now.getTime();
    }

    expect(waitedMs).toBe(24 * 60 * MINUTE_MS);
    expect(await found(delivery)).toMatchObject({ state: "failed", attempts: 13, tokenCiphertext: null });
    expect(await db.auditEntry.count({ where: { orderId: delivery.orderId, action: "undelivered" } })).toBe(1);
  });

  test("given a 550, when it is sent, then it has failed at once and the address is kept nowhere", async () => {
    const delivery = await createDelivery();
    reject = `550 No such user ${delivery.order.email}`;

    await runSendDelivery({ deliveryId: delivery.id }, now);

    const failed = await found(delivery);
    expect(failed).toMatchObject({ state: "failed", attempts: 1 });
    expect(failed.problem).toContain("550 No such user");
    expect(failed.problem).not.toContain("@");
    const entries = await db.auditEntry.findMany({ where: { orderId: delivery.orderId } });
    expect(JSON.stringify(entries)).not.toContain(delivery.order.email);
  });

  test("given an address that no mail server can take, when it is sent, then it has failed at once", async () => {
    const delivery = await createDelivery({ order: { email: "not an address" } });

    await runSendDelivery({ deliveryId: delivery.id }, now);

    expect(await found(delivery)).toMatchObject({ state: "failed", attempts: 1 });
  });

  test("given a bounce reported while the mail server takes it, when the attempt ends, then the failure stands", async () => {
    const delivery = await createDelivery();
    const attempt = await beginAttempt(delivery.id, now);
    if (!attempt) throw new Error("it is to be sent");
    await reportBounce({ message: delivery.id, bounce: "hard", reason: "No such user" });

    await endAttempt(attempt, { kind: "sent" }, now);

    expect(await found(delivery)).toMatchObject({ state: "failed", sentAt: null, problem: "No such user" });
    expect(await db.auditEntry.count({ where: { orderId: delivery.orderId, action: "delivered" } })).toBe(0);
  });

  test("given two workers that began the same delivery, when both end it, then it is marked and recorded once", async () => {
    const delivery = await createDelivery();
    const attempts = [await beginAttempt(delivery.id, now), await beginAttempt(delivery.id, now)];

    for (const [index, attempt] of attempts.entries()) {
      if (!attempt) throw new Error("it is to be sent");
      await endAttempt(attempt, { kind: "sent" }, new Date(now.getTime() + index * 1_000));
    }

    expect(await found(delivery)).toMatchObject({ state: "sent", sentAt: now });
    expect(await db.auditEntry.count({ where: { orderId: delivery.orderId, action: "delivered" } })).toBe(1);
  });

  test.each([
    ["has given up", "failed", 25],
    ["still tries", "queued", 3],
  ])("given a delivery whose job %s, when two days have gone by, then it is %s", async (_, state, attempts) => {
    const delivery = await createDelivery({ createdAt: now });
    await db.$executeRaw`
      UPDATE graphile_worker._private_jobs SET "attempts" = ${attempts}, "max_attempts" = 25
      WHERE "payload"->>'deliveryId' = ${delivery.id}`;

    await giveUpUnsent(new Date(now.getTime() + 86_400_000));
    expect((await found(delivery)).state).toBe("queued");
    await giveUpUnsent(new Date(now.getTime() + 3 * 86_400_000));

    expect((await found(delivery)).state).toBe(state);
    expect(await db.auditEntry.count({ where: { orderId: delivery.orderId, action: "undelivered" } })).toBe(
      state === "failed" ? 1 : 0,
    );
  });

  test("given a bounce reported before our mark, when the attempt ends, then the failure stands", async () => {
    const delivery = await createDelivery();
    await reportBounce({ message: delivery.id, bounce: "hard", reason: "No such user" });

    await runSendDelivery({ deliveryId: delivery.id }, now);

    expect(await found(delivery)).toMatchObject({ state: "failed", problem: "No such user" });
    expect(inboxOf(delivery)).toEqual([]);
  });
});

describe("what it says", () => {
  /** An order of one line that gives two keys of three, with instructions. */
  async function keyOrder(columns: Parameters<typeof createShop>[0] = {}) {
    const shop = await createShop(columns);
    const pool = await createPool({ shopId: shop.id });
    const order = await createOrder({ shopId: shop.id, lines: [{ title: "Synth Pro", quantity: 3 }] });
    const first = await createGrant({ orderId: order.id, poolId: pool.id, key: "SYNTH-0001" });
    const shared = { shopId: shop.id, orderId: order.id, lineId: first.lineId, attachmentId: first.attachmentId };
    const second = await db.grant.create({ data: { ...shared, poolId: pool.id, unit: 1, state: "active" } });
    await db.grant.create({ data: { ...shared, poolId: pool.id, unit: 2, state: "waiting" } });
    await db.poolKey.create({
      data: { ...(await keyColumns(shop.id, "SYNTH-0002")), poolId: pool.id, grantId: second.id, state: "granted" },
    });
    await db.attachment.update({
      where: { id: first.attachmentId },
      data: { instructions: "Open the app.\nPaste the key." },
    });
    return { order, grants: [first, second] };
  }

  async function keyColumns(shopId: string, text: string) {
    const { encryptKey, keyHash } = await import("~/domain/license/key-text.server");
    return { shopId, ciphertext: encryptKey(shopId, text), keyHash: keyHash(shopId, text), keyEnd: text.slice(-4) };
  }

  test("given two keys of three, when it is sent, then the keys are shown, counted as seen and the wait is told", async () => {
    const { order, grants } = await keyOrder();
    const delivery = await createDelivery({ orderId: order.id });

    await runSendDelivery({ deliveryId: delivery.id }, now);

    const { html = "", text = "" } = inboxOf(delivery)[0] ?? {};
    for (const part of [html, text]) {
      expect(part).toContain("Synth Pro");
      expect(part).toContain("SYNTH-0001");
      expect(part).toContain("SYNTH-0002");
      expect(part).toContain("2 keys and 1 to come");
      expect(part).toContain("Paste the key.");
    }
    const shown = await db.grant.findMany({ where: { id: { in: grants.map(({ id }) => id) } } });
    expect(shown.map(({ shownAt }) => shownAt)).toEqual([now, now]);
  });

  test("given a shop that keeps keys to the page, when it is sent, then no key is in it nor counts as seen", async () => {
    const { order } = await keyOrder({ keysInMail: false });
    const delivery = await createDelivery({ orderId: order.id });

    await runSendDelivery({ deliveryId: delivery.id }, now);

    const message = JSON.stringify(inboxOf(delivery)[0]);
    expect(message).not.toContain("SYNTH-000");
    expect(message).toContain("Shown on your page");
    expect(await db.grant.count({ where: { orderId: order.id, shownAt: { not: null } } })).toBe(0);
  });

  test("given titles that are HTML and Liquid, when it is sent, then they are text", async () => {
    const shop = await createShop({ senderName: "<i>Shop</i>" });
    const title = '<img src=x onerror="alert(1)">{{ shop.name }}{% items %}';
    const asset = await createAsset({ shopId: shop.id, title });
    const grant = await createGrant({ shopId: shop.id, assetId: asset.id });
    const delivery = await createDelivery({ orderId: grant.orderId });

    await runSendDelivery({ deliveryId: delivery.id }, now);

    const { html = "", text = "" } = inboxOf(delivery)[0] ?? {};
    expect(html).not.toContain("<img");
    expect(html).not.toContain("<i>");
    expect(html).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;{{ shop.name }}{% items %}");
    expect(text).toContain(title);
  });

  test.each(mailLocales)("given an order in %s, when it is sent, then it is in that language", async (locale) => {
    const { order } = await keyOrder();
    const delivery = await createDelivery({ orderId: order.id, order: { locale } });
    const { wordsOf } = await import("~/emails/words/words-of");
    const words = wordsOf(locale);

    await runSendDelivery({ deliveryId: delivery.id }, now);

    const { subject, html = "", text = "" } = inboxOf(delivery)[0] ?? {};
    expect(subject).toBe(words.kinds.granted.subject.replace("{{ order.name }}", order.name));
    expect(html).toContain(`lang="${locale}"`);
    for (const part of [html, text]) {
      expect(part).toContain(words.kinds.granted.heading);
      expect(part).toContain(words.button);
      expect(part).not.toMatch(/\{\{|\{%|\{\w+\}|undefined|[\ue001-\ue003]/);
    }
  });

  test("given a language we do not have, when it is sent, then it is in English", async () => {
    const delivery = await createDelivery({ order: { locale: "pt-BR" } });

    await runSendDelivery({ deliveryId: delivery.id }, now);

    expect(inboxOf(delivery)[0]?.text).toContain("Your order is ready");
  });

  test("given a message that the merchant edited, when it is sent, then it says that", async () => {
    const delivery = await createDelivery();
    const { shopId } = delivery;
    await db.mailTemplate.create({
      data: {
        shopId,
        kind: "granted",
        locale: "en",
        subject: "Hi {{ order.name }}",
        body: "<p>Go to {{ page.url }}</p>",
      },
    });

    await runSendDelivery({ deliveryId: delivery.id }, now);

    expect(inboxOf(delivery)[0]?.subject).toBe(`Hi ${delivery.order.name}`);
    expect(inboxOf(delivery)[0]?.text).toContain("Go to https://app.example.com/d/");
  });

  test("given an edited message that fails on this order, when it is sent, then the default is", async () => {
    const delivery = await createDelivery();
    const { shopId } = delivery;
    await db.mailTemplate.create({
      data: { shopId, kind: "granted", locale: "en", subject: "{{ items[7].title }}", body: "{{ page.url }}" },
    });

    await runSendDelivery({ deliveryId: delivery.id }, now);

    expect(inboxOf(delivery)[0]?.subject).toBe(`Your downloads for order ${delivery.order.name}`);
  });

  test("given 500 things, when it is sent, then it stays small enough for mail programs and says how many more there are", async () => {
    const shop = await createShop();
    const asset = await createAsset({ shopId: shop.id, title: "A title of some length ".repeat(4) });
    const grant = await createGrant({ shopId: shop.id, assetId: asset.id });
    const { shopId, orderId, attachmentId, assetId, lineId } = grant;
    const row = { shopId, orderId, attachmentId, assetId, lineId, state: "active" as const };
    await db.grant.createMany({ data: Array.from({ length: 499 }, (_, index) => ({ ...row, unit: index + 1 })) });
    const delivery = await createDelivery({ orderId });

    await runSendDelivery({ deliveryId: delivery.id }, now);

    const { html = "" } = inboxOf(delivery)[0] ?? {};
    expect(html).toContain("And 460 more items on your page.");
    expect(html.length).toBeLessThan(102_400);
  });
});
