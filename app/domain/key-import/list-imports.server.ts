import { db } from "~/db.server";
import { shownImport, type ShownImport } from "./shown-import";

const SHOWN = 20;

/** The last 20 imports into a pool, newest first, with their reports; not those that were cancelled. */
export async function listImports(shopId: string, poolId: string): Promise<ShownImport[]> {
  const imports = await db.keyImport.findMany({
    where: { shopId, poolId, state: { notIn: ["uploading", "cancelled"] } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: SHOWN,
  });
  return imports.map(shownImport);
}
