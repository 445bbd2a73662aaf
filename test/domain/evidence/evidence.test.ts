import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { drawEvidence } from "~/domain/evidence/draw-evidence.server";
import type { Evidence } from "~/domain/evidence/evidence";
import { evidenceSections } from "~/domain/evidence/evidence-text";
import { fontRuns } from "~/domain/evidence/font-runs";
import { gatherEvidence } from "~/domain/evidence/gather-evidence.server";
import { createAsset, createDelivery, createGrant, createOrder, createPool, createShop } from "../../factories";

const now = new Date("2026-01-20T12:00:00Z");
const at = (minute: number) => new Date(Date.UTC(2026, 0, 16, 12, minute));

async function evidenceOf({ shopId, id }: { shopId: string; id: string }): Promise<Evidence> {
  const evidence = await gatherEvidence(shopId, id, now);
  if (!evidence) throw new Error("the order is there");
  return evidence;
}

describe("gatherEvidence", () => {
  test("given an order that was told of, downloaded and seen, when evidence is gathered, then it says when, to whom, from where and which bytes", async () => {
    const { id: shopId } = await createShop();
    const order = await createOrder({ shopId, email: "ann@example.com", disputedAt: at(30) });
    const asset = await createAsset({ shopId, title: "guide.pdf" });
    const version = await db.assetVersion.findFirstOrThrow({ where: { assetId: asset.id } });
    const file = await createGrant({ orderId: order.id, assetId: asset.id, used: 1 });
    const pool = await createPool({ shopId, name: "Synth keys" });
    await createGrant({ orderId: order.id, poolId: pool.id, key: "SECRET-KEY-1234", shownAt: at(5) });
    await createDelivery({ orderId: order.id, state: "sent", sentAt: at(1), attempts: 1 });
    await db.download.create({
      data: {
        shopId,
        grantId: file.id,
        versionId: version.id,
        at: at(7),
        outcome: "started",
        ip: "203.0.113.7",
        userAgent: "Firefox",
      },
    });

    const evidence = await evidenceOf(order);

    expect(evidence.order).toMatchObject({ name: order.name, disputedAt: at(30).toISOString() });
    expect(evidence.customer).toEqual({ email: "ann@example.com", shopifyId: order.customerId });
    expect(evidence.grants).toMatchObject([
      { kind: "file", title: "guide.pdf", downloads: 1, downloadLimit: 5, key: null },
      { kind: "key", title: "Synth keys", key: { end: "1234", shownAt: at(5).toISOString() } },
    ]);
    expect(evidence.messages).toMatchObject([
      { kind: "granted", state: "sent", to: "ann@example.com", sentAt: at(1).toISOString() },
    ]);
    expect(evidence.downloads).toEqual([
      {
        at: at(7).toISOString(),
        outcome: "started",
        title: "guide.pdf",
        fileName: version.fileName,
        version: 1,
        sizeBytes: Number(version.sizeBytes),
        sha256: version.sha256,
        ip: "203.0.113.7",
        userAgent: "Firefox",
      },
    ]);
    expect(JSON.stringify(evidence)).not.toContain("SECRET");
  });

  test("given an order whose customer was erased, when evidence is gathered, then it names nobody and is still there", async () => {
    const order = await createOrder({ email: null, customerId: null, redactedAt: now });

    expect(await evidenceOf(order)).toMatchObject({
      customer: { email: null, shopifyId: null },
      grants: [],
      downloads: [],
    });
  });

  test("given another shop's order, when evidence is gathered, then there is none", async () => {
    const order = await createOrder();
    const { id } = await createShop();

    expect(await gatherEvidence(id, order.id, now)).toBeNull();
  });
});

describe("evidence in words", () => {
  test("given downloads and refusals, when they are told, then each has its moment, address and checksum", async () => {
    const { order, shopId, id: grantId } = await createGrant();
    await db.download.createMany({
      data: [
        { shopId, grantId, at: at(1), outcome: "started", ip: "203.0.113.7", userAgent: "Firefox" },
        { shopId, grantId, at: at(2), outcome: "limit_reached" },
      ],
    });

    const downloads = evidenceSections(await evidenceOf(order)).find(({ heading }) => heading === "Downloads");

    expect(downloads?.items).toMatchObject([
      {
        title: expect.stringMatching(/^2026-01-16 12:01:00 UTC: downloaded/),
        facts: ["From address: 203.0.113.7", "With: Firefox"],
      },
      { title: expect.stringMatching(/^2026-01-16 12:02:00 UTC: refused \(limit reached\)/), facts: [] },
    ]);
  });

  test.each([
    ["Zażółć gęślą jaźń", ["latin", "latin-ext"]],
    ["Привет, Ωμέγα", ["cyrillic", "latin", "greek"]],
    ["plain\ttext\u0000", ["latin"]],
  ])("given %j, when its fonts are chosen, then no character is lost", (text, parts) => {
    const runs = fontRuns(text);

    expect([...new Set(runs.map(({ part }) => part))]).toEqual(parts);
    expect(runs.map((run) => run.text).join("")).toBe(text.replaceAll(/\p{Cc}/gu, " "));
  });

  test("given Chinese, when its fonts are chosen, then each character shows as missing", () => {
    expect(fontRuns("指南 A")).toEqual([{ part: "latin", text: "\uFFFD\uFFFD A" }]);
  });
});

describe("drawEvidence", () => {
  test("given titles in several scripts, when the evidence is drawn, then the PDF carries a font for each and names its pages", async () => {
    const order = await createOrder({ lines: [{ title: "Zażółć – Привет – Ωμέγα – 指南" }] });

    const pdf = Buffer.from(await drawEvidence(await evidenceOf(order))).toString("latin1");

    expect(pdf.startsWith("%PDF-")).toBe(true);
    expect(pdf).toContain("/Count 1");
    expect(new Set(pdf.match(/\/BaseFont \/\S*NotoSans\S*/g)).size).toBeGreaterThanOrEqual(4);
    expect(pdf).not.toContain("/Helvetica");
  });

  test("given a Chinese title and 2,000 downloads, when the evidence is drawn, then all pages are there and it takes seconds at most", async () => {
    const { id: orderId } = await createOrder({ lines: [{ title: "指南" }] });
    const { order, shopId, id: grantId } = await createGrant({ orderId });
    const minutes = Array.from({ length: 2_001 }, (_, minute) => minute);
    await db.download.createMany({
      data: minutes.map((minute) => ({
        shopId,
        grantId,
        at: at(minute),
        outcome: "started",
        ip: "203.0.113.7",
        userAgent: "Firefox",
      })),
    });
    const begun = performance.now();

    const evidence = await evidenceOf(order);
    const pdf = Buffer.from(await drawEvidence(evidence)).toString("latin1");

    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(evidence).toMatchObject({ downloadsLeftOut: 1 });
    expect(Number(/\/Count (\d+)/.exec(pdf)?.[1])).toBeGreaterThan(20);
  });
});
