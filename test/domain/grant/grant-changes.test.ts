import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { grantChanges, type GrantChanges, type PresentGrant } from "~/domain/grant/grant-changes";
import type { WantedGrants } from "~/domain/grant/grants-wanted";

const place = { lineId: "line", attachmentId: "attachment" };
const policy = { downloadLimitPerUnit: 5, accessDays: null, versionId: null, updateMonths: null };
const keyTerms = { keyFor: "unit", activationLimit: 3, validUntil: null } as const;

function wantKeys(count: number): WantedGrants {
  return { ...place, ...policy, assetId: null, poolId: "pool", units: count, count, keysPerUnit: 1, keyTerms };
}
function wantFile(units: number): WantedGrants {
  return { ...place, ...policy, assetId: "asset", poolId: null, units, count: 1, keysPerUnit: null, keyTerms: null };
}
function there(unit: number, over: Partial<PresentGrant> = {}): PresentGrant {
  return {
    ...place,
    id: `grant-${unit}`,
    unit,
    state: "active",
    revokedBy: null,
    units: 1,
    poolId: "pool",
    keyFor: "unit",
    shownAt: null,
    ...over,
  };
}
const goneByOrder = { state: "revoked", revokedBy: "order" } as const;
const goneByPerson = { state: "revoked", revokedBy: "person" } as const;
const nothing: GrantChanges = { grant: [], revoke: [], restore: [], resize: [], hold: [], release: [] };

describe("grantChanges", () => {
  test("given nothing there, when two keys are wanted, then units 0 and 1 are granted", () => {
    expect(grantChanges([wantKeys(2)], []).grant.map((grant) => grant.unit)).toEqual([0, 1]);
  });

  test("given all that is wanted, when compared, then nothing changes", () => {
    expect(grantChanges([wantKeys(2)], [there(0), there(1)])).toEqual(nothing);
  });

  test("given three keys, when two units are left, then exactly the newest goes", () => {
    expect(grantChanges([wantKeys(2)], [there(0), there(1), there(2)]).revoke).toEqual(["grant-2"]);
  });

  test("given a newer key that was shown, when one unit goes, then the unseen older one goes first", () => {
    const present = [there(0), there(1, { shownAt: new Date() })];

    expect(grantChanges([wantKeys(1)], present).revoke).toEqual(["grant-0"]);
  });

  test("given a grant that waits for its key, when one unit goes, then the waiting one goes first", () => {
    const present = [there(0, { state: "waiting" }), there(1), there(2)];

    expect(grantChanges([wantKeys(2)], present).revoke).toEqual(["grant-0"]);
  });

  test("given a key the order took away, when it is wanted again, then it comes back and no new one is given", () => {
    const changes = grantChanges([wantKeys(2)], [there(0), there(1, goneByOrder)]);

    expect(changes).toEqual({ ...nothing, restore: ["grant-1"] });
  });

  test("given a key that a person revoked, when facts still want it, then it stays revoked and is not replaced", () => {
    expect(grantChanges([wantKeys(2)], [there(0), there(1, goneByPerson)])).toEqual(nothing);
  });

  test("given a key that a person revoked, when a unit is refunded, then the customer keeps the other", () => {
    expect(grantChanges([wantKeys(1)], [there(0), there(1, goneByPerson)])).toEqual(nothing);
  });

  test("given a held grant, when the order is cancelled, then it is revoked", () => {
    expect(grantChanges([], [there(0, { state: "held" })]).revoke).toEqual(["grant-0"]);
  });

  test("given one key for a line of three units, when one is left, then it is resized and not revoked", () => {
    const want = { ...wantKeys(1), keyTerms: { ...keyTerms, keyFor: "line" as const } };

    const changes = grantChanges([want], [there(0, { keyFor: "line", units: 3 })]);

    expect(changes).toEqual({ ...nothing, resize: [{ id: "grant-0", units: 1 }] });
  });

  test("given keys sold by unit, when their pool sells by line now, then they stay as they are", () => {
    const want = { ...wantKeys(2), count: 1, keyTerms: { ...keyTerms, keyFor: "line" as const } };

    expect(grantChanges([want], [there(0), there(1)])).toEqual(nothing);
  });

  test("given one key for a line of two, when its pool sells by unit now, then no second key is given", () => {
    expect(grantChanges([wantKeys(2)], [there(0, { keyFor: "line", units: 2 })])).toEqual(nothing);
  });

  test("given a file of three units, when one is left, then it is resized and not revoked", () => {
    const present = [there(0, { poolId: null, units: 3 })];

    expect(grantChanges([wantFile(1)], present)).toEqual({ ...nothing, resize: [{ id: "grant-0", units: 1 }] });
  });

  test("given a risky order, when new keys are owed, then live grants are held, and released once it is let go", () => {
    const held = grantChanges([wantKeys(2)], [there(0), there(1, { state: "waiting" })], {
      isHeld: true,
      addsNothing: false,
    });
    const released = grantChanges([wantKeys(1)], [there(0, { state: "held" })]);

    expect(held.hold).toEqual(["grant-0", "grant-1"]);
    expect(released.release).toEqual(["grant-0"]);
  });

  test("given an edit not paid yet, when more is owed, then nothing is added and nothing taken away", () => {
    const rules = { isHeld: false, addsNothing: true };

    expect(grantChanges([wantKeys(3)], [there(0), there(1, goneByOrder)], rules)).toEqual(nothing);
    expect(grantChanges([wantKeys(1)], [there(0), there(1)], rules).revoke).toEqual(["grant-1"]);
  });

  test("given any history of wants, when each is applied, then as many are live as wanted and no unit is given twice", () => {
    const step = fc.record({ count: fc.nat(8), personRevokes: fc.boolean(), shows: fc.boolean() });

    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let grants: PresentGrant[] = [];
        for (const { count, personRevokes, shows } of steps) {
          const wanted = count > 0 ? [wantKeys(count)] : [];
          grants = applied(grantChanges(wanted, grants), grants);
          const live = grants.filter((grant) => grant.state !== "revoked");
          const byPerson = grants.filter((grant) => grant.revokedBy === "person");

          expect(live.length).toBeLessThanOrEqual(count);
          expect(live.length + byPerson.length).toBeGreaterThanOrEqual(count);
          expect(grantChanges(wanted, grants)).toEqual(nothing);
          expect(new Set(grants.map((grant) => grant.unit)).size).toBe(grants.length);
          const first = live[0];
          if (first && shows) first.shownAt = new Date(0);
          if (first && personRevokes) Object.assign(first, goneByPerson);
        }
      }),
    );
  });
});

function applied(changes: GrantChanges, grants: PresentGrant[]): PresentGrant[] {
  const kept = grants.map((grant) => {
    if (changes.revoke.includes(grant.id)) return { ...grant, ...goneByOrder };
    if (changes.restore.includes(grant.id)) return { ...grant, state: "active" as const, revokedBy: null };
    return grant;
  });
  return [...kept, ...changes.grant.map((grant) => there(grant.unit))];
}
