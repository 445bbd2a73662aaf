import { Prisma } from "@prisma/client";
import { decryptKey, encryptKey, sealingKeys } from "~/domain/license/key-text.server";
import { SEAL_ID_BYTES } from "~/domain/license/key-seal.server";

export type SealedRow = { id: string; shopId: string; ciphertext: Uint8Array };
/** Hex, since PostgreSQL's client takes no lists of bytes. */
export type ResealedRow = { id: string; hex: string };

/** What came of a batch; `busy` were held by somebody else and are for later. */
export type ResealedBatch = { resealed: number; unreadable: number; busy: number };

/** Whether a ciphertext names another encryption key than the first: 4 bytes behind the version say which. */
export function isStale(column: Prisma.Sql): Prisma.Sql {
  const id = Buffer.from(sealingKeys().id).toString("hex");
  return Prisma.sql`substring(${column} FROM 2 FOR ${SEAL_ID_BYTES}::int) <> decode(${id}, 'hex')`;
}

/** Seals texts anew. What does not open (its encryption key is not listed, or it was altered) is left as it is. */
export function reseal(rows: SealedRow[]): ResealedRow[] {
  return rows.flatMap(({ id, shopId, ciphertext }) => {
    const text = opened(shopId, ciphertext);
    return text === null ? [] : [{ id, hex: encryptKey(shopId, text).toString("hex") }];
  });
}

function opened(shopId: string, ciphertext: Uint8Array): string | null {
  try {
    return decryptKey(shopId, ciphertext);
  } catch {
    return null;
  }
}
