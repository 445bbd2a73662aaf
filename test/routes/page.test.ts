import { JSDOM } from "jsdom";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { putObject } from "~/gateways/storage/put-object.server";
import { pageLanguages } from "~/ui/page/language";
import { speakerOf } from "~/ui/page/texts";
import { createAsset, createGrant, createOrder, createShop, openConnections } from "../factories";
import { boughtPage, giveKeys, linkTo } from "../domain/page/page-setup";
import { startTestStorage } from "../setup/storage";
import { call } from "./page-calls";

let storageIsDown = false;
beforeAll(async () => {
  await startTestStorage(() => (storageIsDown ? { status: 503 } : {}));
});

const past = new Date("2026-01-16T00:00:00Z");

async function page(token: string, more: Partial<Parameters<typeof call>[1]> = {}) {
  const answer = await call("page", { token, ...more });
  const { document } = new JSDOM(answer.body).window;
  for (const script of document.querySelectorAll("style, script")) script.remove();
  return { ...answer, document, text: document.body.textContent.replaceAll(/\s+/g, " ") };
}

/** Every row that a look at the page might have changed. */
async function everything() {
  const [grants, downloads, deliveries, audit, keys] = await Promise.all([
    db.grant.findMany({ orderBy: { id: "asc" } }),
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
      const reload = await import("~/routes/d.$token_.$grantId");
      const request = new Request(`https://app.example.com/d/${token}/${grant.id}`, how);
      expect(reload.loader({ request, params: { token, grantId: grant.id }, context: {} }).status).toBe(303);
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
    expect(body.match(/<(script|style)\b[^>]*>/g)).toEqual([`<style nonce="${nonce}">`, `<script nonce="${nonce}">`]);
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

    expect(text).toContain("3 keys, 2 to come");
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

describe("downloading", () => {
  test("given a file, when its form is sent, then the browser goes to a signed address for an attachment, and one is counted", async () => {
    const { token, grant } = await boughtPage();

    const { status, headers } = await call("download", { token, grantId: grant.id });

    expect(status).toBe(303);
    const url = new URL(headers.get("Location") ?? "");
    expect(url.searchParams.get("X-Amz-Expires")).toBe("60");
    expect(url.searchParams.get("response-content-disposition")).toMatch(/^attachment/);
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(await db.grant.findUniqueOrThrow({ where: { id: grant.id } })).toMatchObject({ used: 1 });
  });

  test("given the cookie that the page gave, when the same browser starts twice from two addresses, then one is counted", async () => {
    const { token, grant } = await boughtPage();
    const given = (await call("page", { token })).headers.get("Set-Cookie") ?? "";
    expect(given).toMatch(/; Path=\/d\/; Max-Age=86400; HttpOnly; SameSite=Lax; Secure$/);
    const Cookie = given.split(";")[0] ?? "";

    await call("download", { token, grantId: grant.id, headers: { Cookie } });
    await call("download", { token, grantId: grant.id, headers: { Cookie, "X-Forwarded-For": "198.51.100.9" } });
    await call("download", { token, grantId: grant.id });

    expect((await call("page", { token, headers: { Cookie } })).headers.get("Set-Cookie")).toBeNull();
    expect((await db.grant.findUniqueOrThrow({ where: { id: grant.id } })).used).toBe(2);
  });

  test("given no cookie, when 20 clicks of one address and browser come at once, then all get the file and one is counted", async () => {
    const { token, grant } = await boughtPage();
    await openConnections(30);

    const answers = await Promise.all(Array.from({ length: 20 }, () => call("download", { token, grantId: grant.id })));

    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(303));
    expect((await db.grant.findUniqueOrThrow({ where: { id: grant.id } })).used).toBe(1);
  });

  test("given a limit of 5, when 20 browsers click at once, then five get the file and 15 a page that says why not", async () => {
    const { token, grant } = await boughtPage();
    await openConnections(30);

    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        call("download", { token, grantId: grant.id, headers: { "X-Forwarded-For": `192.0.2.${n}` } }),
      ),
    );

    expect(answers.filter(({ status }) => status === 303)).toHaveLength(5);
    const refused = answers.filter(({ status }) => status === 409);
    expect(refused).toHaveLength(15);
    expect(refused[0]?.body).toContain('role="alert">You have used all downloads of this file');
  });

  test("given storage that is down, when started, then the page says so and nothing is counted", async () => {
    const { token, grant } = await boughtPage();
    storageIsDown = true;
    const answer = await call("download", { token, grantId: grant.id });
    storageIsDown = false;

    expect(answer.status).toBe(503);
    expect(answer.body).toContain("No download was counted");
    expect((await db.grant.findUniqueOrThrow({ where: { id: grant.id } })).used).toBe(0);
  });

  test.each([
    ["another order's", true],
    ["an unknown", false],
  ])("given %s grant, when started with this link, then it is not there", async (_name, isReal) => {
    const { token, shop } = await boughtPage();
    const other = await createGrant({ shopId: shop.id });

    const grantId = isReal ? other.id : "1' OR 1=1";
    expect((await call("download", { token, grantId })).status).toBe(404);
    expect((await db.grant.findUniqueOrThrow({ where: { id: other.id } })).used).toBe(0);
  });

  test("given an external link, when opened, then the browser goes there, and the page lets its form go anywhere", async () => {
    const { order, token } = await boughtPage();
    const asset = await createAsset({ shopId: order.shopId, url: "https://course.example.com/start" });
    const grant = await createGrant({ orderId: order.id, assetId: asset.id });

    const { headers } = await call("download", { token, grantId: grant.id });

    expect(headers.get("Location")).toBe("https://course.example.com/start");
    expect((await page(token)).headers.get("Content-Security-Policy")).toMatch(
      /form-action 'self' http:\S+ https: http:/,
    );
  });
});

describe("keys count as seen", () => {
  test("given a key on the page, when a person uses the page, then it counts as seen", async () => {
    const { order, token } = await boughtPage();
    const [key] = await giveKeys(order, [{ key: "SEEN-1" }]);
    await page(token);
    expect(await db.grant.findFirst({ where: { id: key?.id } })).toMatchObject({ shownAt: null });

    expect((await call("seen", { token })).status).toBe(204);

    expect((await db.grant.findFirst({ where: { id: key?.id } }))?.shownAt).not.toBeNull();
  });

  test("given a browser without scripts, when it downloads a file of the page, then its keys count as seen", async () => {
    const { order, token, grant } = await boughtPage();
    const [key] = await giveKeys(order, [{ key: "SEEN-2" }]);

    await call("download", { token, grantId: grant.id });

    expect((await db.grant.findFirst({ where: { id: key?.id } }))?.shownAt).not.toBeNull();
  });

  test("given a link that nobody knows, when it says seen, then nothing happens", async () => {
    expect((await call("seen", { token: "nobody" })).status).toBe(204);
  });
});

describe("playing", () => {
  async function boughtSong(columns: { streamOnly?: boolean } = {}) {
    const { order, token, shop } = await boughtPage();
    const asset = await createAsset({
      shopId: shop.id,
      fileName: "Été 夏.mp3",
      contentType: "application/octet-stream",
    });
    const grant = await createGrant({ orderId: order.id, assetId: asset.id, downloadLimit: 2 });
    await db.attachment.update({ where: { id: grant.attachmentId }, data: columns });
    const storageKey = asset.currentVersion?.storageKey ?? "";
    await putObject(storageKey, "audio/mpeg", Buffer.from("0123456789"));
    return { token, grant, asset };
  }

  test("given a song, when played, then parts of it come from a signed address, inline, and nothing is counted", async () => {
    const { token, grant } = await boughtSong();

    const { status, headers } = await call("stream", { token, grantId: grant.id });

    expect(status).toBe(303);
    const url = headers.get("Location") ?? "";
    expect(new URL(url).searchParams.get("X-Amz-Expires")).toBe("900");
    const part = await fetch(url, { headers: { Range: "bytes=2-4" } });
    expect(part.status).toBe(206);
    expect(await part.text()).toBe("234");
    expect(part.headers.get("content-type")).toBe("audio/mpeg");
    expect(part.headers.get("content-disposition")).toMatch(/^inline; .*filename\*=UTF-8''/);
    expect((await db.grant.findUniqueOrThrow({ where: { id: grant.id } })).used).toBe(0);
    expect(await db.download.count({ where: { grantId: grant.id } })).toBe(0);
  });

  test("given a player whose source runs out, when its script asks, then the next comes as JSON", async () => {
    const { token, grant } = await boughtSong();

    const { status, body } = await call("stream", {
      token,
      grantId: grant.id,
      headers: { Accept: "application/json" },
    });

    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ expiresInSeconds: 900, url: expect.stringContaining("X-Amz-Signature") });
  });

  test("given stream only, when shown and downloaded, then it plays, has no button, and the download is refused by its own name", async () => {
    const { token, grant } = await boughtSong({ streamOnly: true });

    const { document } = await page(token);
    const answer = await call("download", { token, grantId: grant.id });

    expect(document.querySelector(`#grant-${grant.id} audio`)?.getAttribute("src")).toBe(
      `/d/${token}/${grant.id}/stream`,
    );
    expect(document.querySelector(`#grant-${grant.id} form`)).toBeNull();
    expect(answer.status).toBe(409);
    expect(await db.download.findFirstOrThrow({ where: { grantId: grant.id } })).toMatchObject({
      outcome: "stream_only",
    });
    expect((await call("stream", { token, grantId: grant.id })).status).toBe(303);
  });

  test("given all downloads used, when played, then it still plays", async () => {
    const { token, grant } = await boughtSong();
    await db.grant.update({ where: { id: grant.id }, data: { used: 2 } });

    expect((await call("stream", { token, grantId: grant.id })).status).toBe(303);
  });

  test.each([
    ["held", { state: "held" }],
    ["revoked", { state: "revoked", revokedBy: "order" }],
    ["expired", { expiresAt: past }],
  ] as const)("given a song that is %s, when played, then it is refused", async (code, columns) => {
    const { token, grant } = await boughtSong();
    await db.grant.update({ where: { id: grant.id }, data: columns });

    const { status, body } = await call("stream", { token, grantId: grant.id });

    expect({ status, body: JSON.parse(body) }).toEqual({ status: 409, body: { error: { code } } });
  });

  test("given a file that no page plays, when asked for as a stream, then it is refused", async () => {
    const { token, grant } = await boughtPage();

    expect(JSON.parse((await call("stream", { token, grantId: grant.id })).body)).toEqual({
      error: { code: "not_playable" },
    });
  });
});

describe("a link whose hours are over", () => {
  test("given it, when opened, then the page is gone, says so and shows nothing of the order", async () => {
    const { token, order, grant } = await boughtPage({ expiresAt: past });

    const { status, text, body, document } = await page(token);

    expect(status).toBe(410);
    expect(text).toContain("This link has expired");
    expect(document.querySelector("form")?.getAttribute("action")).toBe(`/d/${token}/fresh`);
    for (const secret of [order.name, order.email ?? "?", grant.id, grant.asset?.title ?? "?"])
      expect(body).not.toContain(secret);
    expect((await call("download", { token, grantId: grant.id })).status).toBe(410);
    expect((await call("stream", { token, grantId: grant.id })).status).toBe(404);
  });

  test("given ten requests at once for a fresh link, when the day goes on, then one goes out, and no address is told", async () => {
    const { token, order } = await boughtPage({ expiresAt: past });
    await openConnections(12);

    const answers = await Promise.all(Array.from({ length: 10 }, () => call("fresh", { token })));

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(answers[0]?.body).toContain("If there is an email address for your order");
    expect(answers[0]?.body).not.toContain(order.email);
    expect(await db.delivery.count({ where: { orderId: order.id, kind: "fresh_link", state: "queued" } })).toBe(1);
  });

  test("given five fresh links within the day, when a sixth is asked for, then none goes out until the first is a day old", async () => {
    const { token, order } = await boughtPage({ expiresAt: past });
    const minutes = (count: number) => new Date(Date.now() - count * 60_000);
    const age = async (by: number) => {
      const links = await db.delivery.findMany({ where: { orderId: order.id, kind: "fresh_link" } });
      for (const { id, createdAt } of links) {
        await db.delivery.update({ where: { id }, data: { createdAt: new Date(createdAt.getTime() - by * 60_000) } });
      }
    };
    const count = () => db.delivery.count({ where: { orderId: order.id, kind: "fresh_link" } });

    for (let link = 1; link <= 6; link++) {
      await call("fresh", { token });
      expect(await count()).toBe(Math.min(link, 5));
      await age(6);
    }
    await db.delivery.updateMany({
      where: { orderId: order.id, kind: "fresh_link" },
      data: { createdAt: minutes(25 * 60) },
    });
    await call("fresh", { token });

    expect(await count()).toBe(6);
  });

  test("given an order without an address, when a fresh link is asked for, then the answer is the same and nothing is made", async () => {
    const known = await boughtPage({ expiresAt: past });
    const nameless = await boughtPage({ expiresAt: past, order: { email: null } });
    const strip = (body: string) => body.replaceAll(/nonce="[^"]+"/g, "");

    const answers = [await call("fresh", known), await call("fresh", nameless)];

    expect(strip(answers[1]?.body ?? "")).toBe(strip(answers[0]?.body ?? "-"));
    expect(await db.delivery.count({ where: { orderId: nameless.order.id, kind: "fresh_link" } })).toBe(0);
  });

  test("given a link that is open, when a fresh one is asked for, then the browser is sent to the page and none goes out", async () => {
    const { token, order } = await boughtPage();

    const { status, headers } = await call("fresh", { token });

    expect([status, headers.get("Location")]).toEqual([303, `/d/${token}`]);
    expect(await db.delivery.count({ where: { orderId: order.id, kind: "fresh_link" } })).toBe(0);
  });
});

describe("a link that is none", () => {
  test.each([["nothing"], ["'; DROP TABLE"], ["A".repeat(5_000)], ["../../etc"], ["\u0000"]])(
    "given the token %j, when opened or used, then the same neutral page",
    async (token) => {
      const answers = [
        await page(token),
        await call("download", { token, grantId: "x" }),
        await call("fresh", { token }),
      ];

      for (const { status, body } of answers) {
        expect(status).toBe(404);
        expect(body).toContain("This link is not valid");
      }
    },
  );

  test("given a page, when its order's data are redacted, then its link is as good as none", async () => {
    const { shop, order, token, delivery } = await boughtPage();
    const { acceptCompliance } = await import("~/domain/compliance/accept-compliance.server");
    const { carryOutCompliance } = await import("~/domain/compliance/carry-out-compliance.server");
    const subject = { customerId: order.customerId, email: null, orderIds: [] };
    await acceptCompliance({ shopId: shop.id, webhookId: "redact-1", topic: "customers/redact", subject });
    const { id } = await db.complianceRequest.findFirstOrThrow({ where: { shopId: shop.id } });

    await carryOutCompliance(id, new Date());

    expect((await page(token)).status).toBe(404);
    expect(await db.delivery.findUniqueOrThrow({ where: { id: delivery.id } })).toMatchObject({
      tokenCiphertext: null,
      state: "unaddressed",
    });
  });

  test("given a shop that left, when its customer's link is opened, then it is not valid", async () => {
    const { token } = await boughtPage({ shop: { uninstalledAt: new Date() } });

    expect((await page(token)).status).toBe(404);
  });
});

describe("a shop whose customers sign in", () => {
  test("given its link, when opened, then only a way to the account is there, and downloads, streams and fresh links are refused", async () => {
    const { shop, order, grant, token } = await boughtPage({ shop: { signInRequired: true } });

    const { status, document, body } = await page(token);

    expect(status).toBe(200);
    expect(document.querySelector("a.button")?.getAttribute("href")).toBe(`https://${shop.domain}/account`);
    expect(document.querySelector("form")).toBeNull();
    for (const secret of [order.name, grant.asset?.title ?? "?"]) expect(body).not.toContain(secret);
    await call("download", { token, grantId: grant.id });
    await call("fresh", { token });
    expect((await call("stream", { token, grantId: grant.id })).status).toBe(404);
    expect((await db.grant.findUniqueOrThrow({ where: { id: grant.id } })).used).toBe(0);
    expect(await db.delivery.count({ where: { orderId: order.id } })).toBe(1);
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
