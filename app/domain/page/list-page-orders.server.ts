import { db } from "~/db.server";
import { listCustomerLicenses } from "~/domain/activation/list-customer-licenses.server";
import type { CustomerLicense } from "~/domain/activation/customer-license";
import { deliveredName } from "~/domain/asset/delivered-name";
import { checksOf, refusalOf } from "~/domain/download/gate";
import { mediaOf } from "~/domain/download/media";
import { listGrantRows, type GrantRow } from "~/domain/grant/list-grant-rows.server";
import { exposeKeys } from "~/domain/license/expose-keys.server";
import type { KeyObstacle, PageAsset, PageItem, PageKeys, PageObstacle, PageOrder } from "./page";

/**
 * What orders gave, for eyes that may see them.
 *
 * A key listed here does not count as seen, since mail scanners and previews look too (see `markKeysSeen`); but it
 * has left the house, and never goes back to its pool.
 */
export async function listPageOrders(
  shopId: string,
  orders: { id: string; name: string }[],
  now: Date,
): Promise<PageOrder[]> {
  const rows = await listGrantRows(
    shopId,
    orders.map(({ id }) => id),
  );
  const open = rows.filter((row) => row.gives === "key" && obstacleOf(row, now) === null);
  const grantIds = open.filter(({ isHidden }) => !isHidden).map(({ id }) => id);
  const openIds = open.map(({ id }) => id);
  const [texts, licenses] = await Promise.all([
    exposeKeys(db, { shopId, grantIds, now }),
    listCustomerLicenses(shopId, openIds, now),
  ]);
  const keys: Keys = { texts, licenses };

  const byOrder = Map.groupBy(rows, (row) => row.orderId);
  return orders.map(({ id, name }) => ({ id, name, items: itemsOf(byOrder.get(id) ?? [], keys, now) }));
}

/** By grant: what may be shown of its key now, and of its machines. */
type Keys = { texts: Map<string, string>; licenses: Map<string, CustomerLicense> };

/** Files and links one by one; keys of one line and attachment together, where the first of them stands. */
function itemsOf(rows: GrantRow[], keys: Keys, now: Date): PageItem[] {
  const groups = Map.groupBy(rows, (row) => (row.gives === "key" ? `${row.lineId} ${row.attachmentId}` : row.id));
  return [...groups].flatMap(([id, [first, ...rest]]) => {
    if (!first) return [];
    return first.gives === "key" ? keysOf(id, [first, ...rest], keys, now) : assetOf(first, first.gives, now);
  });
}

function assetOf(row: GrantRow, kind: PageAsset["kind"], now: Date): PageAsset {
  const { id: grantId, title, instructions, version, isStreamOnly, expiresAt, downloadLimit, used } = row;
  const plays = version ? (mediaOf(version.fileName)?.kind ?? null) : null;
  const obstacle = obstacleOf(row, now);
  return {
    kind,
    grantId,
    title,
    instructions,
    file: version && {
      name: deliveredName(version.fileName),
      sizeBytes: version.sizeBytes,
      version: version.number,
      sha256: version.sha256,
    },
    plays,
    isStreamOnly,
    downloadsLeft: downloadLimit === null || isStreamOnly ? null : Math.max(0, downloadLimit - used),
    expiresAt,
    obstacle: isStreamOnly && obstacle === "limit_reached" ? null : obstacle,
  };
}

function keysOf(id: string, rows: [GrantRow, ...GrantRow[]], { texts, licenses }: Keys, now: Date): PageKeys {
  const { title, instructions } = rows[0];
  const missing: Record<KeyObstacle, number> = { waiting: 0, held: 0, revoked: 0, expired: 0 };
  const shown: GrantRow[] = [];
  for (const row of rows) {
    const obstacle = obstacleOf(row, now);
    if (isKeyObstacle(obstacle)) missing[obstacle] += 1;
    else shown.push(row);
  }
  const ends = shown.flatMap(({ expiresAt }) => (expiresAt ? [expiresAt.getTime()] : []));
  const keys = shown.flatMap(({ id: grantId, isHidden }) => {
    const text = texts.get(grantId) ?? null;
    return text === null && !isHidden ? [] : [{ grantId, text, license: licenses.get(grantId) ?? null }];
  });
  return {
    kind: "keys",
    id,
    title,
    instructions,
    keys,
    missing,
    expiresAt: ends.length > 0 ? new Date(Math.min(...ends)) : null,
  };
}

function isKeyObstacle(obstacle: PageObstacle | null): obstacle is KeyObstacle {
  return obstacle !== null && obstacle !== "limit_reached" && obstacle !== "file_not_ready";
}

function obstacleOf(row: GrantRow, now: Date): PageObstacle | null {
  const reason = refusalOf(checksOf({ ...row, isStreamOnly: false }, now));
  return reason === "stream_only" ? null : reason;
}
