import { keyCount, type WantedGrants } from "./grants-wanted";

export type PresentGrant = {
  id: string;
  lineId: string;
  attachmentId: string;
  unit: number;
  state: "active" | "waiting" | "held" | "revoked";
  revokedBy: "order" | "person" | null;
  units: number;
  poolId: string | null;
  /** What a key was sold for; null: of an asset, or not known. */
  keyFor: "unit" | "line" | null;
  shownAt: Date | null;
};

export type NewGrant = Omit<WantedGrants, "count" | "keysPerUnit"> & { unit: number };

/** What to do so that the grants present become the grants wanted. */
export type GrantChanges = {
  grant: NewGrant[];
  /** Grant ids. */
  revoke: string[];
  /** Grant ids: taken away by the order's own facts, and wanted again. */
  restore: string[];
  /** Grants of an asset, or of keys for the whole line, made of another number of units than before. */
  resize: { id: string; units: number }[];
  /** Grant ids: live, to be held until a person lets the order go. */
  hold: string[];
  /** Grant ids: held, to be live. */
  release: string[];
};

export type ChangeRules = {
  /** The order is held: what it is owed is granted, and opens when a person lets it go. */
  isHeld: boolean;
  /** More is owed than was paid so far: what is there stays, nothing is added. */
  addsNothing: boolean;
};

/**
 * The difference between what the customer should hold and what is there.
 *
 * Of several units the one nobody has a key for goes first, then a key nobody has seen, then the
 * newest. What a person revoked stays revoked and keeps its place, so that facts never give it back.
 * What was taken away by facts comes back before anything new is given.
 */
export function grantChanges(
  wanted: WantedGrants[],
  present: PresentGrant[],
  { isHeld, addsNothing }: ChangeRules = { isHeld: false, addsNothing: false },
): GrantChanges {
  const changes: GrantChanges = { grant: [], revoke: [], restore: [], resize: [], hold: [], release: [] };
  const presentByPlace = Map.groupBy(present, placeOf);
  const wantedPlaces = new Set(wanted.map(placeOf));

  for (const want of wanted) settle(want, presentByPlace.get(placeOf(want)) ?? [], changes);
  for (const grant of present) {
    if (!wantedPlaces.has(placeOf(grant)) && grant.state !== "revoked") changes.revoke.push(grant.id);
  }
  const staying = present.filter((grant) => grant.state !== "revoked" && !changes.revoke.includes(grant.id));
  const moving = staying.filter((grant) => (grant.state === "held") !== isHeld).map((grant) => grant.id);
  changes[isHeld ? "hold" : "release"].push(...moving);

  return addsNothing ? withoutGains(changes, present) : changes;
}

function withoutGains(changes: GrantChanges, present: PresentGrant[]): GrantChanges {
  const unitsOf = new Map(present.map((grant) => [grant.id, grant.units]));
  return {
    ...changes,
    grant: [],
    restore: [],
    resize: changes.resize.filter(({ id, units }) => units < (unitsOf.get(id) ?? 0)),
  };
}

function settle(wanted: WantedGrants, there: PresentGrant[], changes: GrantChanges) {
  const want = asSold(wanted, there);
  const live = there.filter((grant) => grant.state !== "revoked").sort(lastToGoFirst);
  const takenByPerson = there.filter((grant) => grant.revokedBy === "person").length;
  const takenByOrder = there.filter((grant) => grant.revokedBy === "order").sort(lastToGoFirst);

  const missing = Math.max(0, want.count - live.length - takenByPerson);
  const restored = takenByOrder.slice(0, missing);
  const firstFreeUnit = there.length === 0 ? 0 : Math.max(...there.map((grant) => grant.unit)) + 1;

  changes.revoke.push(...live.slice(want.count).map((grant) => grant.id));
  changes.restore.push(...restored.map((grant) => grant.id));
  const { count: _count, keysPerUnit: _keysPerUnit, ...place } = want;
  for (let index = 0; index < missing - restored.length; index++) {
    changes.grant.push({ ...place, unit: firstFreeUnit + index });
  }
  if (want.assetId !== null || want.keyTerms?.keyFor === "line") {
    const resized = there.filter((grant) => grant.units !== want.units);
    changes.resize.push(...resized.map((grant) => ({ id: grant.id, units: want.units })));
  }
}

/** A line whose keys were sold by unit goes on so, and one of a key for all of it too, whatever its pool does now. */
function asSold(want: WantedGrants, there: PresentGrant[]): WantedGrants {
  const keyFor = there.find((grant) => grant.keyFor !== null)?.keyFor;
  if (!keyFor || !want.keyTerms || want.keysPerUnit === null) return want;
  const keyTerms = { ...want.keyTerms, keyFor };
  return { ...want, keyTerms, count: keyCount(want.units, want.keysPerUnit, keyTerms) };
}

function lastToGoFirst(a: PresentGrant, b: PresentGrant): number {
  return rank(a) - rank(b) || a.unit - b.unit;
}

function rank(grant: PresentGrant): number {
  if (grant.state === "waiting") return 2;
  return grant.shownAt ? 0 : 1;
}

function placeOf({ lineId, attachmentId }: { lineId: string; attachmentId: string }): string {
  return `${lineId}/${attachmentId}`;
}
