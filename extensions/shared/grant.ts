import { isRecord } from "./call-app";

const KINDS = ["file", "link", "key"] as const;
const STATES = ["active", "waiting", "held", "revoked"] as const;

/** A customer's right to one thing of an order, as the app tells it. */
export type Grant = {
  id: string;
  kind: (typeof KINDS)[number];
  title: string;
  fileName: string | null;
  sizeBytes: number | null;
  /** Counts from 1. */
  version: number | null;
  /** null: unlimited. */
  downloadsLeft: number | null;
  /** ISO 8601; null: never. */
  expiresAt: string | null;
  state: (typeof STATES)[number];
  /** The key's text, once the customer may see it. */
  key: string | null;
  /** The key is there, and waits for the customer to reveal it. */
  isHidden: boolean;
  /** Machines a key may be used on at a time; null: any number. */
  activationLimit: number | null;
  /** Where a key is used; null for anything else. */
  activations: Machine[] | null;
  /** How often the customer may free a place yet, and when again where none is left. */
  freesLeft: number | null;
  nextFreeAt: string | null;
};

/** A machine that a key is used on; moments are ISO 8601. */
export type Machine = {
  id: string;
  name: string | null;
  fingerprintEnd: string;
  createdAt: string;
  seenAt: string;
  /** By the shop: it keeps its place and does not work. */
  isPaused: boolean;
};

/** Where a grant stands for the customer: only `ready` gives something. */
export type Standing = "ready" | "waiting" | "held" | "revoked" | "used_up" | "expired";

/** A used-up or expired grant is still active to the app: whether it gives anything is told by count and clock. */
export function standingOf(grant: Grant, now: Date): Standing {
  if (grant.state !== "active") return grant.state;
  if (grant.expiresAt !== null && new Date(grant.expiresAt) <= now) return "expired";
  if (grant.kind !== "key" && grant.downloadsLeft === 0) return "used_up";
  return "ready";
}

/** @returns null when any of it is not a grant: half a list would hide what the customer paid for. */
export function readGrants(value: unknown): Grant[] | null {
  if (!Array.isArray(value)) return null;
  const grants = value.map(readGrant);
  return grants.every((grant) => grant !== null) ? grants : null;
}

function readGrant(value: unknown): Grant | null {
  if (!isRecord(value)) return null;
  const { id, title } = value;
  const kind = KINDS.find((known) => known === value.kind);
  const state = STATES.find((known) => known === value.state);
  if (typeof id !== "string" || typeof title !== "string" || !kind || !state) return null;

  return {
    id,
    kind,
    title,
    state,
    fileName: stringOrNull(value.fileName),
    sizeBytes: countOrNull(value.sizeBytes),
    version: countOrNull(value.version),
    downloadsLeft: countOrNull(value.downloadsLeft),
    expiresAt: dateOrNull(value.expiresAt),
    key: stringOrNull(value.key),
    isHidden: value.isHidden === true,
    activationLimit: countOrNull(value.activationLimit),
    activations: readMachines(value.activations),
    freesLeft: countOrNull(value.freesLeft),
    nextFreeAt: dateOrNull(value.nextFreeAt),
  };
}

function readMachines(value: unknown): Machine[] | null {
  return Array.isArray(value) ? value.flatMap((one: unknown) => readMachine(one) ?? []) : null;
}

function readMachine(value: unknown): Machine | null {
  if (!isRecord(value) || typeof value.id !== "string") return null;
  const [createdAt, seenAt] = [dateOrNull(value.createdAt), dateOrNull(value.seenAt)];
  if (createdAt === null || seenAt === null) return null;

  const { id, name, fingerprintEnd, isPaused } = value;
  return {
    id,
    name: stringOrNull(name),
    fingerprintEnd: stringOrNull(fingerprintEnd) ?? "",
    createdAt,
    seenAt,
    isPaused: isPaused === true,
  };
}

function stringOrNull(value: unknown) {
  return typeof value === "string" ? value : null;
}

function countOrNull(value: unknown) {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : null;
}

function dateOrNull(value: unknown) {
  return typeof value === "string" && !Number.isNaN(Date.parse(value)) ? value : null;
}
