import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { loader as downloadLoader } from "~/routes/d.$token_.$grantId";
import { pageLanguages } from "~/ui/page/language";
import { speakerOf } from "~/ui/page/texts";
import { createAsset, createGrant, createOrder, createShop } from "../factories";
import { boughtPage, giveKeys, linkTo } from "../domain/page/page-setup";
import { call, readPage as page } from "./page-calls";

const past = new Date("2026-01-16T00:00:00Z");

/** Every row that a look at the page might have changed; that its keys left the house is known even of a scanner. */
async function everything() {
  const [grants, downloads, deliveries, audit, keys] = await Promise.all([
    db.grant.findMany({ orderBy: { id: "asc" }, omit: { exposedAt: true } }),
    db.download.findMany({ orderBy: { id: "asc" } }),
    db.delivery.findMany({ orderBy: { id: "asc" } }),
    db.auditEntry.findMany({ orderBy: { id: "asc" } }),
    db.poolKey.findMany({ orderBy: { id: "asc" } }),
  ]);
  const jobs = await db.$queryRaw`SELECT count(*)::int FROM graphile_worker.jobs`;
  const whole = { grants, downloads, deliveries, audit, keys, jobs };
  return JSON.stringify(whole, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
}

describe("looking", () => {
  test.each([
    ["GET", {}],
    ["HEAD", { method: "HEAD" }],
    ["prefetch", { headers: { Purpose: "prefetch" } }],
    ["prerender", { headers: { "Sec-Purpose": "prefetch;prerender" } }],
    ["a mail scanner", { headers: { "User-Agent": "Mozilla/5.0 (compatible; SafeLinksScanner)" } }],
  ])("given files, media and keys, when %s comes 20 times, then nothing changes", async (_name, how) => {
    const { order, token, grant } = await boughtPage();
    const asset = await createAsset({ shopId: order.shopId, fileName: "song.mp3" });
    const song = await createGrant({ orderId: order.id, assetId: asset.id });
    await giveKeys(order, [{ key: "LOOK-0001" }, { state: "waiting" }]);
    const before = await everything();

    for (let time = 0; time < 20; time++) {
      expect((await call("page", { token, ...how })).status).toBe(200);
      await call("stream", { token, grantId: song.id, ...how });
      const request = new Request(`https://app.example.com/d/${token}/${grant.id}`, how);
      expect(downloadLoader({ request, params: { token, grantId: grant.id }, context: {} }).status).toBe(303);
    }

    expect(await everything()).toBe(before);
  });

  test("given a page, when it is answered, then nobody may keep, frame or index it or learn its address, and only its own lines run", async () => {
    const { token } = await boughtPage({ shop: { logoUrl: "https://cdn.example.com/logo.png" } });

    const { headers, body } = await call("page", { token });

    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(headers.get("Referrer-Policy")).toBe("no-referrer");
    expect(headers.get("X-Robots-Tag")).toContain("noindex");
    expect(body).toContain('<meta name="robots" content="noindex, nofollow"/>');
    const policy = headers.get("Content-Security-Policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("img-src https://cdn.example.com");
    expect(policy).not.toContain("unsafe");
    expect(policy).not.toMatch(/form-action[^;]*https: /);
    const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1];
    const tags = body.replace(/(<script[^>]*>)[^]*<\/script>/, "$1").match(/<(script|style)\b[^>]*>/g);
    expect(tags).toEqual([`<style nonce="${nonce}">`, `<script nonce="${nonce}">`]);
    expect(body).not.toMatch(/ style="| on[a-z]+="/);
  });

  test("given no JavaScript, when the page is read, then each file is a form with a button that says what it gets", async () => {
    const { token, grant } = await boughtPage();

    const { document } = await page(token);

    const form = document.querySelector("form");
    expect(form?.getAttribute("method")).toBe("post");
    expect(form?.getAttribute("action")).toBe(`/d/${token}/${grant.id}`);
    expect(form?.querySelector("button[type=submit]")?.textContent).toContain(grant.asset?.title);
    expect(document.documentElement.classList.contains("scripted")).toBe(false); // its style hides the copy buttons
  });
});

describe("what it shows", () => {
  test("given a file, when shown, then its title, name, size, version, checksum, downloads left and end", async () => {
    const { order, token } = await boughtPage({ shop: { brandColor: "#ffee00" } });
    const asset = await createAsset({
      shopId: order.shopId,
      title: "Field Guide",
      fileName: "guide.pdf",
      sizeBytes: 2_500_000,
      sha256: "ab".repeat(32),
    });
    await createGrant({ orderId: order.id, assetId: asset.id, used: 2, expiresAt: new Date("2099-03-04T00:00:00Z") });

    const { text, body } = await page(token);

    for (const shown of [
      "Paper & Sound",
      order.name,
      "Field Guide",
      "guide.pdf",
      "2.5 MB",
      "Version 1",
      "ab".repeat(32),
      "3 downloads left",
      "Until March 4, 2099",
      "help@paper.example",
    ]) {
      expect(text).toContain(shown);
    }
    expect(body).toContain("--button:#ffee00;--on-button:#000000");
  });

  test("given three keys and two to come, when shown, then it says so and each can be copied", async () => {
    const { order, token } = await boughtPage();
    await giveKeys(order, [{ key: "K-1" }, { key: "K-2" }, { key: "K-3" }, { state: "waiting" }, { state: "waiting" }]);

    const { document, text } = await page(token);

    expect(text).toContain("3 keys and 2 to come");
    expect([...document.querySelectorAll(".key code")].map((code) => code.textContent)).toEqual(["K-1", "K-2", "K-3"]);
    expect([...document.querySelectorAll("[data-copy^=K-]")]).toHaveLength(3);
  });

  test.each([
    ["held", { state: "held" }],
    ["revoked", { state: "revoked", revokedBy: "order" }],
    ["expired", { expiresAt: past }],
  ] as const)("given a key that is %s, when shown, then its text is nowhere on the page", async (obstacle, columns) => {
    const { order, token } = await boughtPage();
    await giveKeys(order, [{ key: "SECRET-0001", ...columns }]);

    const { body, text } = await page(token);

    expect(body).not.toContain("SECRET-0001");
    expect(text).toContain(speakerOf("en")(`keysState.${obstacle}`, { count: 1 }));
  });

  const obstacles = [
    ["revoked", { state: "revoked", revokedBy: "person" }],
    ["held", { state: "held" }],
    ["waiting", { state: "waiting" }],
    ["expired", { expiresAt: past }],
    ["limit_reached", { used: 5 }],
  ] as const;

  test.each(
    pageLanguages.flatMap((language) => obstacles.map(([name, columns]) => [name, language, columns] as const)),
  )(
    "given a file that is %s, when shown in %s, then its sentence stands there and no button",
    async (obstacle, language, columns) => {
      const { token } = await boughtPage({ grant: columns, order: { locale: language } });

      const { document, text } = await page(token);

      expect(document.documentElement.lang).toBe(language);
      expect(text).toContain(speakerOf(language)(`state.${obstacle}`));
      expect(document.querySelector("form")).toBeNull();
    },
  );

  test("given a file still being uploaded, when shown, then it is being prepared", async () => {
    const { order, token } = await boughtPage();
    const asset = await createAsset({ shopId: order.shopId, state: "uploading" });
    await createGrant({ orderId: order.id, assetId: asset.id });

    expect((await page(token)).text).toContain(speakerOf("en")("state.file_not_ready"));
  });

  test("given instructions, hostile titles and names of every script, when shown, then as plain text", async () => {
    const { order, token } = await boughtPage({
      shop: { name: "<b>Bad</b>", supportAddress: '"><script>x</script>@e.com' },
    });
    const title = '</script><img src=x onerror=alert(1)>" onload="x';
    const asset = await createAsset({ shopId: order.shopId, title, fileName: "דוח \u202Egpj.exe 中文 ñ.pdf" });
    const grant = await createGrant({ orderId: order.id, assetId: asset.id });
    await db.attachment.update({
      where: { id: grant.attachmentId },
      data: { instructions: "1. <script>alert(1)</script>\n2. Enjoy" },
    });
    await giveKeys(order, [{ key: '"><script>alert(2)</script>' }]);

    const { document, body, text } = await page(token);

    expect(document.querySelector("img, [onerror], [onload], .card script, b")).toBeNull();
    expect(body.match(/<script/g)).toHaveLength(1);
    expect(text).toContain(title);
    expect(text).toContain("דוח gpj.exe 中文 ñ.pdf");
    expect(document.querySelector(".instructions p")?.textContent).toBe("1. <script>alert(1)</script>\n2. Enjoy");
  });

  test("given languages wished for, when shown, then ?lang= wins, then the order's, then the browser's", async () => {
    const { token } = await boughtPage({ order: { locale: "fr-CA" } });
    const other = await boughtPage({ order: { locale: null } });
    const headers = { "Accept-Language": "pl, en;q=0.5" };

    expect((await page(token, { query: "?lang=ja", headers })).document.documentElement.lang).toBe("ja");
    expect((await page(token, { headers })).document.documentElement.lang).toBe("fr");
    expect((await page(other.token, { headers })).document.documentElement.lang).toBe("pl");
  });
});

test("given two orders, when each link is opened, then it shows its own order alone", async () => {
  const shop = await createShop();
  const orders = [
    await createOrder({ shopId: shop.id, name: "#1" }),
    await createOrder({ shopId: shop.id, name: "#2" }),
  ];
  const grants = [];
  for (const { id } of orders) grants.push(await createGrant({ orderId: id }));
  const links = [];
  for (const order of orders) links.push(await linkTo(order));

  for (const [index, { token }] of links.entries()) {
    const { body } = await page(token);
    expect(body).toContain(grants[index]?.id);
    expect(body).not.toContain(grants[1 - index]?.id);
  }
});
