import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { putObject } from "~/gateways/storage/put-object.server";
import { createAsset, createGrant, openConnections } from "../factories";
import { boughtPage, giveKeys } from "../domain/page/page-setup";
import { startTestStorage } from "../setup/storage";
import { call, readPage as page } from "./page-calls";

let storageIsDown = false;
beforeAll(async () => {
  await startTestStorage(() => (storageIsDown ? { status: 503 } : {}));
});

const past = new Date("2026-01-16T00:00:00Z");

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
