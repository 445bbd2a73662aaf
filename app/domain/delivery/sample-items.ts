import type { DeliveryKind } from "@prisma/client";
import type { MessageItem } from "./message";

const YEAR_MS = 365 * 86_400_000;

/** What an order made up for a preview gave: a file, a link, and keys of which one is still to come. */
export function sampleItems(kind: DeliveryKind, keysInMail: boolean, now: Date): MessageItem[] {
  const expiresAt = new Date(now.getTime() + YEAR_MS);
  const shared = { instructions: null, expiresAt, isHeld: false };
  const ofAsset = { isNew: kind === "new_version", isStreamOnly: false, downloadsLeft: 5 };

  return [
    {
      ...shared,
      ...ofAsset,
      kind: "file",
      title: "field-guide.pdf",
      product: "Field Guide",
      file: { name: "field-guide.pdf", number: kind === "new_version" ? 2 : 1, sizeBytes: 12_400_000 },
      instructions: "Open it with any PDF reader.",
    },
    { ...shared, ...ofAsset, kind: "link", title: "Companion site", product: "Field Guide", file: null, isNew: false },
    {
      ...shared,
      kind: "keys",
      title: "Synth Pro",
      product: "Synth Pro",
      keys: keysInMail ? ["SYNTH-0001-SAMPLE", "SYNTH-0002-SAMPLE"] : [],
      keyCount: 2,
      waitingCount: 1,
      expiresAt: null,
    },
  ];
}
