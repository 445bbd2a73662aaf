import type { KeyImportState } from "@prisma/client";
import { db } from "~/db.server";

const TELL_EVERY_MS = 500;

/** The merchant cancelled what is being worked on. */
export class ImportCancelled extends Error {
  override name = "ImportCancelled";
}

/**
 * Tells how far an import is, twice a second at most, from a connection of its own.
 *
 * @returns what takes the news; it throws ImportCancelled once the import is no longer in `state`.
 */
export function watchImport(importId: string, state: KeyImportState) {
  let toldAt = 0;
  return async (progress: { readBytes?: number; lines?: number; added?: number }) => {
    if (performance.now() - toldAt < TELL_EVERY_MS) return;
    toldAt = performance.now();
    const { count } = await db.keyImport.updateMany({ where: { id: importId, state }, data: progress });
    if (count === 0) throw new ImportCancelled(`Import ${importId} is no longer ${state}`);
  };
}
