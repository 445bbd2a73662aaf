import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { detach } from "~/domain/attachment/detach.server";
import { createAttachment, createGrant, createShop, openConnections } from "../../factories";

const now = new Date("2026-01-15T12:00:00Z");

describe("detach", () => {
  test("given an attachment that was granted, when it is detached, then it ends now and the grant stays", async () => {
    const grant = await createGrant();

    const result = await detach({ shopId: grant.shopId, attachmentIds: [grant.attachmentId], now });

    expect(result).toEqual({ kind: "detached", detached: 1 });
    expect(await db.attachment.findUnique({ where: { id: grant.attachmentId } })).toMatchObject({ detachedAt: now });
    expect(await db.grant.findUnique({ where: { id: grant.id } })).toMatchObject({ state: "active" });
  });

  test("given a detached attachment, when it is detached again, then the moment it ended stays", async () => {
    const earlier = new Date("2026-01-01T00:00:00Z");
    const { id, shopId } = await createAttachment({ detachedAt: earlier });

    const result = await detach({ shopId, attachmentIds: [id], now });

    expect(result).toEqual({ kind: "detached", detached: 0 });
    expect(await db.attachment.findUnique({ where: { id } })).toMatchObject({ detachedAt: earlier });
    expect(await db.auditEntry.count({ where: { shopId } })).toBe(0);
  });

  test("given one attachment of another shop, when it is detached with an own one, then both stand", async () => {
    const own = await createAttachment();
    const foreign = await createAttachment();

    const result = await detach({ shopId: own.shopId, attachmentIds: [own.id, foreign.id], now });

    expect(result).toEqual({ kind: "refused", reason: "unknown_attachment" });
    expect(await db.attachment.count({ where: { id: { in: [own.id, foreign.id] }, detachedAt: null } })).toBe(2);
  });

  test.each([
    ["nothing_chosen", []],
    ["unknown_attachment", [randomUUID()]],
    ["unknown_attachment", ["not-an-id"]],
  ])("given bad input, when it is detached, then %s is refused", async (reason, attachmentIds) => {
    const { id: shopId } = await createShop();

    const result = await detach({ shopId, attachmentIds, now });

    expect(result).toEqual({ kind: "refused", reason });
  });

  test("given an attachment, when eight detach it at once, then one of them did and the audit says so once", async () => {
    const { id, shopId } = await createAttachment();
    await openConnections(8);

    const results = await Promise.all(Array.from({ length: 8 }, () => detach({ shopId, attachmentIds: [id], now })));

    expect(results.filter((result) => result.kind === "detached" && result.detached === 1)).toHaveLength(1);
    expect(await db.auditEntry.count({ where: { shopId, action: "detached" } })).toBe(1);
  });
});
