import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { checksOf, refusalOf } from "~/domain/download/gate";
import { SAME_DOWNLOAD_MS, startDownload } from "~/domain/download/start-download.server";
import { listGrantRows } from "~/domain/grant/list-grant-rows.server";
import { createAsset, createGrant, createOrder, createShop, openConnections } from "../../factories";
import { startTestStorage } from "../../setup/storage";

beforeAll(async () => {
  await startTestStorage();
});

const now = new Date("2026-02-01T12:00:00Z");
const caller = { ip: "192.0.2.7", userAgent: "Test Browser" };
type Grant = Awaited<ReturnType<typeof createGrant>>;

function start({ shopId, id: grantId, orderId }: Grant, browser: string | null, at = now) {
  return startDownload({ shopId, grantId, proof: { orderId }, caller, browser, now: at });
}

const usedOf = async ({ id }: Grant) => (await db.grant.findUniqueOrThrow({ where: { id } })).used;
const outcomesOf = async ({ id }: Grant) =>
  (await db.download.findMany({ where: { grantId: id }, orderBy: { id: "asc" } })).map(({ outcome }) => outcome).sort();

describe("the same browser within 30 minutes", () => {
  test("given a download, when the same browser starts it again, then it costs nothing and is recorded as such", async () => {
    const grant = await createGrant();
    await start(grant, "first");

    const again = await start(grant, "first", new Date(now.getTime() + SAME_DOWNLOAD_MS - 1));

    expect(again.kind).toBe("started");
    expect(await usedOf(grant)).toBe(1);
    expect(await outcomesOf(grant)).toEqual(["repeated", "started"]);
  });

  test("given a download, when another browser starts it, then it counts", async () => {
    const grant = await createGrant();
    await start(grant, "first");

    await start(grant, "second");

    expect(await usedOf(grant)).toBe(2);
  });

  test("given downloads repeated again and again, when 30 minutes after the counted one are over, then the next counts", async () => {
    const grant = await createGrant();
    await start(grant, "first");
    await start(grant, "first", new Date(now.getTime() + SAME_DOWNLOAD_MS - 60_000));

    await start(grant, "first", new Date(now.getTime() + SAME_DOWNLOAD_MS + 60_000));

    expect(await usedOf(grant)).toBe(2);
  });

  test("given the last download of a limit, when the same browser resumes it, then it may, and another browser may not", async () => {
    const grant = await createGrant({ downloadLimit: 1 });
    await start(grant, "first");

    expect((await start(grant, "first")).kind).toBe("started");
    expect(await start(grant, "second")).toEqual({ kind: "refused", reason: "limit_reached" });
    expect(await usedOf(grant)).toBe(1);
  });

  test("given a revoked grant, when the same browser starts it again, then it is refused", async () => {
    const grant = await createGrant();
    await start(grant, "first");
    await db.grant.update({ where: { id: grant.id }, data: { state: "revoked", revokedBy: "person" } });

    expect(await start(grant, "first")).toEqual({ kind: "refused", reason: "revoked" });
  });

  test("given two grants, when one browser starts both, then each counts and nothing stored ties them together", async () => {
    const first = await createGrant();
    const second = await createGrant({ shopId: first.shopId });
    await start(first, "one");
    await start(second, "one");

    const rows = await db.download.findMany({ where: { grantId: { in: [first.id, second.id] } } });
    expect(rows.map(({ outcome }) => outcome)).toEqual(["started", "started"]);
    expect(Buffer.from(rows[0]?.browserHash ?? []).equals(Buffer.from(rows[1]?.browserHash ?? []))).toBe(false);
  });

  test("given 20 clicks of one browser at once, when counted, then all start and one counts", async () => {
    const grant = await createGrant({ downloadLimit: 5 });
    await openConnections(30);

    const results = await Promise.all(Array.from({ length: 20 }, () => start(grant, "one")));

    expect(results.filter(({ kind }) => kind === "started")).toHaveLength(20);
    expect(await usedOf(grant)).toBe(1);
    expect(await outcomesOf(grant)).toEqual([...Array<string>(19).fill("repeated"), "started"]);
  });

  test("given a limit of 5, when 20 browsers click at once, then exactly five start", async () => {
    const grant = await createGrant({ downloadLimit: 5 });
    await openConnections(30);

    const results = await Promise.all(Array.from({ length: 20 }, (_, index) => start(grant, `browser-${index}`)));

    expect(results.filter(({ kind }) => kind === "started")).toHaveLength(5);
    expect(await usedOf(grant)).toBe(5);
  });

  test("given nothing that tells browsers apart, when started twice, then it counts twice", async () => {
    const grant = await createGrant();
    await start(grant, null);
    await start(grant, null);

    expect(await usedOf(grant)).toBe(2);
  });
});

describe("the gate and the statement that counts", () => {
  const states = ["active", "waiting", "held", "revoked"] as const;
  const ends = [null, now, new Date(now.getTime() + 1000)];
  const cases = states.flatMap((state) =>
    ends.flatMap((expiresAt) =>
      [0, 5].flatMap((used) => [true, false].map((streamOnly) => ({ state, expiresAt, used, streamOnly }))),
    ),
  );

  test.each(cases)(
    "given $state, end $expiresAt, $used of 5 used, stream only $streamOnly, when started, then they agree",
    async (given) => {
      const { streamOnly, state, expiresAt, used } = given;
      const grant = await createGrant({ state, expiresAt, used, downloadLimit: 5 });
      await db.attachment.update({ where: { id: grant.attachmentId }, data: { streamOnly } });
      const [row] = await listGrantRows(grant.shopId, [grant.orderId]);
      if (!row) throw new Error("The grant is not listed");

      const result = await start(grant, null);

      expect(result.kind === "refused" ? result.reason : null).toBe(refusalOf(checksOf(row, now)));
      expect(await usedOf(grant)).toBe(result.kind === "started" ? used + 1 : used);
    },
  );

  test("given a grant that is closed between check and count, when counted, then nothing is", async () => {
    const grant = await createGrant();
    const [result] = await Promise.all([
      start(grant, "one"),
      db.grant.update({ where: { id: grant.id }, data: { state: "revoked", revokedBy: "person" } }),
    ]);

    const row = await db.grant.findUniqueOrThrow({ where: { id: grant.id } });
    expect(row.used).toBe(result.kind === "started" ? 1 : 0);
  });
});

describe("which version", () => {
  async function twoVersions() {
    const shop = await createShop();
    const asset = await createAsset({ shopId: shop.id, fileName: "first.pdf" });
    const first = asset.currentVersion;
    if (!first) throw new Error("The asset has no version");
    const { id: _, ...columns } = first;
    const readyAt = new Date("2026-01-20T00:00:00Z");
    await db.assetVersion.update({ where: { id: first.id }, data: { readyAt: new Date("2026-01-01T00:00:00Z") } });
    const second = await db.assetVersion.create({
      data: { ...columns, number: 2, fileName: "second.pdf", storageKey: `${first.storageKey}-2`, readyAt },
    });
    await db.asset.update({ where: { id: asset.id }, data: { currentVersionId: second.id } });
    const order = await createOrder({ shopId: shop.id });
    return { shop, asset, order, first, second };
  }

  test.each([
    ["always the newest", {}, "second"],
    ["the one bought", { pinned: true }, "first"],
    ["updates until after the second", { pinned: true, updatesUntil: new Date("2026-02-01T00:00:00Z") }, "second"],
    ["updates until before the second", { pinned: true, updatesUntil: new Date("2026-01-10T00:00:00Z") }, "first"],
  ] as const)("given a grant of %s, when started and listed, then both give it", async (_name, policy, expected) => {
    const { asset, order, ...versions } = await twoVersions();
    const grant = await createGrant({
      orderId: order.id,
      assetId: asset.id,
      versionId: "pinned" in policy ? versions.first.id : null,
      updatesUntil: "updatesUntil" in policy ? policy.updatesUntil : null,
    });

    const result = await start(grant, null);
    const [row] = await listGrantRows(grant.shopId, [order.id]);

    expect(row?.version?.fileName).toBe(`${expected}.pdf`);
    expect(result.kind === "started" && new URL(result.url).pathname).toContain(versions[expected].storageKey);
    expect(await db.download.findFirst({ where: { grantId: grant.id } })).toMatchObject({
      versionId: versions[expected].id,
    });
  });
});
