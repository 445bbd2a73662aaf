import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Card, EmptyState, Page } from "@shopify/polaris";
import { useState } from "react";
import { createPool } from "~/domain/pool/create-pool.server";
import { listPools } from "~/domain/pool/list-pools.server";
import { PoolForm } from "~/domain/pool/pool-form";
import { readForm, type FormErrors } from "~/http/form";
import { requireShop } from "~/http/require-shop.server";
import { CreatePoolModal } from "./create-pool-modal";
import { PoolsTable } from "./pools-table";

export const meta = () => [{ title: "License keys – Featherpost" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const pools = await listPools(shop.id, { includeArchived: true });

  return json({
    standing: pools.filter((pool) => !pool.archivedAt),
    archived: pools.filter((pool) => pool.archivedAt),
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const form = await readForm(request, PoolForm);
  if (!form.ok) return json<{ errors: FormErrors }>({ errors: form.errors }, 422);

  const result = await createPool({ shopId: shop.id, ...form.fields, actor: shop.actor });
  if (result.kind === "refused") {
    return json<{ errors: FormErrors }>({ errors: { name: ["Another pool has this name already"] } }, 409);
  }
  return redirect(`/app/pools/${result.poolId}`);
}

export default function PoolsPage() {
  const { standing, archived } = useLoaderData<typeof loader>();
  const [isCreating, setIsCreating] = useState(false);
  const create = { content: "Create pool", onAction: () => setIsCreating(true) };

  return (
    <Page
      title="License keys"
      subtitle="A pool is a set of keys. Attach it to a product and every unit sold gets a key of its own."
      primaryAction={create}
      secondaryActions={[{ content: "Licensing", url: "/app/licenses/calls" }]}
    >
      {standing.length + archived.length === 0 ? (
        <Card>
          <EmptyState heading="Sell license keys" image="" action={create}>
            <p>Create a pool, import your keys from a CSV file and attach the pool to a product.</p>
          </EmptyState>
        </Card>
      ) : (
        <PoolsTable standing={standing} archived={archived} />
      )}
      {isCreating && <CreatePoolModal onClose={() => setIsCreating(false)} />}
    </Page>
  );
}
