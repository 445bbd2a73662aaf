import type { FreesLeft } from "./frees";

/** A machine as its customer sees it. */
export type CustomerActivation = {
  id: string;
  /** As the machine or the customer named it. */
  name: string | null;
  fingerprintEnd: string;
  createdAt: Date;
  /** To the hour. */
  seenAt: Date;
  /** By the merchant: it keeps its place and does not work. */
  isPaused: boolean;
};

export type CustomerLicense = {
  /** Machines at a time; null: any number. */
  activationLimit: number | null;
  /** Places taken; only the machines seen last are listed. */
  used: number;
  activations: CustomerActivation[];
  frees: FreesLeft;
};
