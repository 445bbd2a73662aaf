import { db } from "~/db.server";

/** A shop's pools in use, by name. */
export function listPoolNames(shopId: string): Promise<{ id: string; name: string }[]> {
  return db.pool.findMany({
    where: { shopId, archivedAt: null },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, name: true },
  });
}
