import { db } from "~/db.server";
import type { CustomerLicense } from "~/domain/activation/customer-license";
import { listCustomerLicenses } from "~/domain/activation/list-customer-licenses.server";
import { exposeKeys } from "~/domain/license/expose-keys.server";
import type { CustomerGrant } from "./customer-grant";
import { listGrantRows, type GrantRow } from "./list-grant-rows.server";

/**
 * The grants of orders, for eyes that may see them: whoever asks has proven the right to every order named.
 *
 * Keys that are shown here count as seen from `now` on.
 *
 * @returns by order id, in the order of lines and units.
 */
export async function listCustomerGrants(
  shopId: string,
  orderIds: string[],
  now: Date,
): Promise<Map<string, CustomerGrant[]>> {
  const grants = await listGrantRows(shopId, orderIds);
  const showing = grants.filter((grant) => grant.gives === "key" && !grant.isHidden && isOpen(grant, now));
  const keys = await exposeKeys(db, { shopId, grantIds: showing.map((grant) => grant.id), now });
  if (showing.some((grant) => !grant.shownAt)) {
    const shown = { shopId, id: { in: [...keys.keys()] }, shownAt: null };
    await db.grant.updateMany({ where: shown, data: { shownAt: now } });
  }

  const opened = grants.filter((grant) => grant.gives === "key" && isOpen(grant, now)).map(({ id }) => id);
  const licenses = await listCustomerLicenses(shopId, opened, now);

  const byOrder = new Map(orderIds.map((orderId): [string, CustomerGrant[]] => [orderId, []]));
  for (const grant of grants) {
    const shown = { ...asCustomerSees(grant, keys.get(grant.id) ?? null, now), ...machinesOf(licenses.get(grant.id)) };
    byOrder.get(grant.orderId)?.push(shown);
  }
  return byOrder;
}

type Machines = Pick<CustomerGrant, "activationLimit" | "activations" | "freesLeft" | "nextFreeAt">;

function machinesOf(license: CustomerLicense | undefined): Machines {
  if (!license) return { activationLimit: null, activations: null, freesLeft: null, nextFreeAt: null };

  const { activationLimit, activations, frees } = license;
  return {
    activationLimit,
    activations: activations.map((machine) => ({
      ...machine,
      createdAt: machine.createdAt.toISOString(),
      seenAt: machine.seenAt.toISOString(),
    })),
    freesLeft: frees.left,
    nextFreeAt: frees.nextAt?.toISOString() ?? null,
  };
}

function asCustomerSees(grant: GrantRow, key: string | null, now: Date): Omit<CustomerGrant, keyof Machines> {
  const { version } = grant;
  return {
    id: grant.id,
    kind: grant.gives,
    title: grant.title,
    fileName: version?.fileName ?? null,
    sizeBytes: version?.sizeBytes ?? null,
    sha256: version?.sha256 ?? null,
    version: version?.number ?? null,
    downloadsLeft: grant.downloadLimit === null ? null : Math.max(0, grant.downloadLimit - grant.used),
    expiresAt: grant.expiresAt?.toISOString() ?? null,
    state: grant.state,
    key,
    isHidden: grant.isHidden && isOpen(grant, now),
  };
}

function isOpen({ state, expiresAt }: GrantRow, now: Date): boolean {
  return state === "active" && (expiresAt === null || expiresAt > now);
}
