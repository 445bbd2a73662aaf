import { db } from "~/db.server";
import { shownImport, type ShownImport } from "./shown-import";

/** Null when the shop has no such import. */
export async function findImport(shopId: string, importId: string): Promise<ShownImport | null> {
  const found = await db.keyImport.findFirst({ where: { id: importId, shopId } });
  return found && shownImport(found);
}
