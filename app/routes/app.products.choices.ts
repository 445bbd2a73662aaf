import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { listAssets } from "~/domain/asset/list-assets.server";
import { listPools } from "~/domain/pool/list-pools.server";
import { requireShop } from "~/http/require-shop.server";
import type { Choices, ThingChoice } from "~/ui/attach-choices";

const SHOWN = 50;

/** What there is to attach; `search` narrows it to titles that contain it. */
export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const search = new URL(request.url).searchParams.get("search")?.trim() ?? "";
  const [{ assets, nextCursor }, allPools] = await Promise.all([
    listAssets({ shopId: shop.id, search, limit: SHOWN }),
    listPools(shop.id),
  ]);
  const pools = allPools.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()));

  const things: ThingChoice[] = [
    ...pools.slice(0, SHOWN).map(({ id, name, available }) => ({ kind: "keys" as const, id, title: name, available })),
    ...assets.map(({ kind, id, title, fileName, sizeBytes, url }) =>
      kind === "link" ? { kind, id, title, url: url ?? "" } : { kind, id, title, fileName, sizeBytes },
    ),
  ];
  return json<Choices>({ search, things, hasMore: nextCursor !== null || pools.length > SHOWN });
}
