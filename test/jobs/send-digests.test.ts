import { beforeAll, beforeEach, expect, test } from "vitest";
import { db } from "~/db.server";
import { reportBounce } from "~/domain/delivery/report-bounce.server";
import { runSendDigests } from "~/jobs/send-digests.server";
import type { Mailbox } from "../../sandbox/mailbox/mailbox";
import { createDelivery } from "../factories";
import { startTestMailbox } from "../setup/mailbox";

const MINUTE_MS = 60_000;

let reject: number | undefined;
let mailbox: Mailbox;
let number = 0;
beforeAll(async () => {
  mailbox = await startTestMailbox(() => ({ reject }));
});
beforeEach(() => {
  reject = undefined;
});

/** A shop with an order whose message came back; its merchant has an address of its own. */
async function shopWithBounce() {
  const supportAddress = `merchant-${(number += 1)}@shop.example`;
  const delivery = await createDelivery({ state: "sent", shop: { supportAddress } });
  await bounce(delivery.id);
  return { ...delivery, supportAddress };
}

function bounce(id: string) {
  return reportBounce({ message: id, bounce: "hard", reason: "No such user <there>" });
}

/** Another order of the same shop whose message came back. */
async function bounceAgain({ shopId }: { shopId: string }) {
  const delivery = await createDelivery({ state: "sent" });
  await db.order.update({ where: { id: delivery.orderId }, data: { shopId } });
  await db.delivery.update({ where: { id: delivery.id }, data: { shopId } });
  await bounce(delivery.id);
}

test("given a customer who could not be told, when digests are sent, then the merchant hears once, with the order and why", async () => {
  const shop = await shopWithBounce();
  const now = new Date();

  await runSendDigests({}, now);
  await runSendDigests({}, new Date(now.getTime() + 2 * 60 * MINUTE_MS));

  const [digest, ...others] = mailbox.messages(shop.supportAddress);
  expect(others).toEqual([]);
  expect(digest?.subject).toBe("1 order could not be told of their downloads");
  expect(digest?.text).toContain(`${shop.order.name}: No such user <there>`);
  expect(digest?.html).toContain("No such user &lt;there&gt;");
  expect(digest?.text).toContain("/app/messages/undelivered");
});

test("given more failures within the hour, when digests are sent, then the merchant hears of them an hour later", async () => {
  const shop = await shopWithBounce();
  const now = new Date();
  await runSendDigests({}, now);
  await bounceAgain(shop);

  await runSendDigests({}, new Date(now.getTime() + 59 * MINUTE_MS));
  const withinTheHour = mailbox.messages(shop.supportAddress).length;
  await runSendDigests({}, new Date(now.getTime() + 61 * MINUTE_MS));

  expect(withinTheHour).toBe(1);
  expect(mailbox.messages(shop.supportAddress).map(({ subject }) => subject)).toEqual([
    "2 orders could not be told of their downloads",
    "1 order could not be told of their downloads",
  ]);
});

test("given two workers at once, when digests are sent, then the merchant hears once", async () => {
  const shop = await shopWithBounce();

  await Promise.all([runSendDigests({}), runSendDigests({})]);

  expect(mailbox.messages(shop.supportAddress)).toHaveLength(1);
});

test("given a mail server that is busy, when digests are sent, then the next run sends it", async () => {
  const shop = await shopWithBounce();
  reject = 451;
  await runSendDigests({});
  reject = undefined;

  await runSendDigests({});

  expect(mailbox.messages(shop.supportAddress)).toHaveLength(1);
});

test("given an order without an address, when digests are sent, then it is named", async () => {
  const supportAddress = "pos-merchant@shop.example";
  await createDelivery({ order: { email: null }, shop: { supportAddress } });

  await runSendDigests({});

  expect(mailbox.messages(supportAddress)[0]?.text).toContain("the order has no email address");
});
