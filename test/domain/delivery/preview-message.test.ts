import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { deliveryKinds } from "~/domain/delivery/kinds";
import { mailLocales } from "~/domain/delivery/locales";
import { previewMessage } from "~/domain/delivery/preview-message.server";
import { resetTemplate } from "~/domain/delivery/reset-template.server";
import { saveTemplate } from "~/domain/delivery/save-template.server";
import { findTemplate } from "~/domain/delivery/find-template.server";
import { sendTest } from "~/domain/delivery/send-test.server";
import { composeMail } from "~/emails/compose-mail";
import { createGrant, createPool, createShop } from "../../factories";
import { startTestMailbox } from "../../setup/mailbox";

const now = new Date("2026-01-15T12:00:00Z");
const actor = "person:1" as const;

describe("previewMessage", () => {
  test.each(deliveryKinds.flatMap((kind) => mailLocales.map((locale) => [kind, locale] as const)))(
    "given no order, when %s is previewed in %s, then it shows something of everything",
    async (kind, locale) => {
      const shop = await createShop({ logoUrl: "https://cdn.example/logo.png", brandColor: "#ffe600" });

      const { message, pageUrl } = await previewMessage({ shopId: shop.id, kind, locale, orderId: null, now });
      const composed = composeMail(message, null, pageUrl);

      const { html, text } = composed.kind === "composed" ? composed.mail : { html: "", text: "" };
      expect(html).toContain("SYNTH-0001-SAMPLE");
      expect(html).toContain('<img src="https://cdn.example/logo.png" alt="');
      expect(html).toContain("background:#ffe600");
      expect(html.match(/https?:\/\/(?!app\.example\.com|cdn\.example|www\.w3\.org)[^"]+/g)).toBeNull();
      expect(text).toContain("field-guide.pdf");
      expect(text).not.toMatch(/<\w+|\{\{|&\w+;/);
    },
  );

  test("given a real order with a key, when it is previewed, then the key is not the customer's nor counts as seen", async () => {
    const pool = await createPool();
    const grant = await createGrant({ shopId: pool.shopId, poolId: pool.id, key: "THE-REAL-KEY" });
    const { shopId, orderId } = grant;

    const { message, pageUrl } = await previewMessage({ shopId, kind: "granted", locale: "fr", orderId, now });

    const mail = JSON.stringify(composeMail(message, null, pageUrl));
    expect(mail).toContain(grant.order.name);
    expect(mail).toContain("KEY-1-XXXX-XXXX");
    expect(mail).not.toContain("THE-REAL-KEY");
    expect((await db.grant.findUniqueOrThrow({ where: { id: grant.id } })).shownAt).toBeNull();
  });

  test("given another shop's order, when it is previewed, then the sample is", async () => {
    const { id: shopId } = await createShop();
    const { orderId } = await createGrant();

    const { message } = await previewMessage({ shopId, kind: "granted", locale: "en", orderId, now });

    expect(message.orderName).toBe("#1001");
  });
});

describe("editing", () => {
  const template = { subject: "Hi", body: "<p>{{ page.url }}</p>" };

  test("given an edit, a broken edit and a reset, when they are made, then the first stands until the last", async () => {
    const { id: shopId } = await createShop();
    const target = { shopId, kind: "granted", locale: "de", actor } as const;

    await saveTemplate({ ...target, template });
    const broken = await saveTemplate({ ...target, template: { subject: "Hi", body: "\n{{ oder.name }}" } });

    expect(broken).toMatchObject({ kind: "refused", mistake: { field: "body", line: 2 } });
    expect(await findTemplate(shopId, "granted", "de")).toEqual(template);
    expect(await findTemplate(shopId, "granted", "en")).toBeNull();
    await resetTemplate(target);
    expect(await findTemplate(shopId, "granted", "de")).toBeNull();
  });

  test("given a test mail, when it is sent, then it comes from the shop's sender and nothing is delivered", async () => {
    const mailbox = await startTestMailbox();
    const { id: shopId } = await createShop({ senderName: "Sound Shop", senderAddress: "hello@sounds.example" });

    const result = await sendTest({
      shopId,
      to: "me@shop.example",
      mail: { subject: "S", html: "<p>H</p>", text: "T" },
    });

    expect(result).toEqual({ kind: "sent" });
    expect(mailbox.messages("me@shop.example")).toMatchObject([
      { from: '"Sound Shop" <hello@sounds.example>', subject: "S" },
    ]);
    expect(await db.delivery.count({ where: { shopId } })).toBe(0);
  });
});
