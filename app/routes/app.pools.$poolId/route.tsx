import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Badge, BlockStack, Layout, Page } from "@shopify/polaris";
import { useState } from "react";
import { z } from "zod";
import { listAttachedProducts } from "~/domain/attachment/list-attached-products.server";
import { archivePool } from "~/domain/pool/archive-pool.server";
import { deletePool, type DeletePoolRefusal } from "~/domain/pool/delete-pool.server";
import { findPool } from "~/domain/pool/find-pool.server";
import { listImports } from "~/domain/key-import/list-imports.server";
import { KeyFilterForm } from "~/domain/pool/keys-form";
import { listKeys } from "~/domain/pool/list-keys.server";
import { listPoolNames } from "~/domain/pool/list-pool-names.server";
import { readForm } from "~/http/form";
import { requireShop } from "~/http/require-shop.server";
import { notFound, uuidParam } from "~/http/uuid-param";
import { NotFound } from "~/ui/not-found";
import { AttachedCard } from "./attached-card";
import { CountsCard } from "./counts-card";
import { DeletePoolModal } from "./delete-pool-modal";
import { ImportCard } from "./import-card";
import { ImportsCard } from "./imports-card";
import { KeysCard } from "./keys-card";
import type { PoolAnswer } from "./pool-answer";
import { usePoolAction } from "./use-pool-action";

const PoolAction = z.object({ intent: z.enum(["archive", "unarchive", "delete"]) });

export const meta = () => [{ title: "License keys – Featherpost" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const poolId = uuidParam(params, "poolId");
  const pool = await findPool(shop.id, poolId);
  if (!pool) throw notFound();

  const query = new URL(request.url).searchParams;
  const filter = KeyFilterForm.parse({
    state: query.get("state") ?? undefined,
    importId: query.get("import") ?? undefined,
  });
  const cursor = query.get("cursor") ?? undefined;
  const [keys, imports, products, names] = await Promise.all([
    listKeys({ shopId: shop.id, poolId, filter, cursor }),
    listImports(shop.id, poolId),
    listAttachedProducts(shop.admin, pool.attachedTo),
    listPoolNames(shop.id),
  ]);
  const otherPools = names.filter(({ id }) => id !== poolId);
  return json({ pool, keys: { ...keys, filter }, imports, products, otherPools });
}

const deleteRefusals: Record<DeletePoolRefusal, string> = {
  unknown_pool: "This pool no longer exists.",
  attached: "A product still gives keys of this pool. Detach it first.",
  gave_keys: "This pool gave keys to customers, so it is kept. You can archive it.",
};

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const target = { shopId: shop.id, poolId: uuidParam(params, "poolId"), actor: shop.actor };
  const form = await readForm(request, PoolAction);
  if (!form.ok) return answer({ kind: "refused", errors: form.errors }, 422);

  const { fields } = form;
  switch (fields.intent) {
    case "delete": {
      const result = await deletePool({ ...target, now: new Date() });
      if (result.kind === "deleted") return redirect("/app/pools");
      return answer({ kind: "refused", errors: { form: [deleteRefusals[result.reason]] } }, 409);
    }
    default: {
      const archive = fields.intent === "archive";
      const result = await archivePool({ ...target, archive, now: new Date() });
      if (result.kind === "refused") throw notFound();
      return answer({ kind: "done", message: archive ? "Pool archived" : "Pool taken out of the archive" });
    }
  }
}

function answer(body: PoolAnswer, status = 200) {
  return json<PoolAnswer>(body, status);
}

export default function PoolPage() {
  const { pool, keys, imports, products, otherPools } = useLoaderData<typeof loader>();
  const [open, setOpen] = useState<"delete" | null>(null);
  const archiving = usePoolAction();
  const isArchived = pool.archivedAt !== null;

  return (
    <Page
      title={pool.name}
      subtitle={
        pool.activationLimit === null
          ? "A key may be activated on any number of machines"
          : `A key may be activated on ${pool.activationLimit.toLocaleString("en")} ${pool.activationLimit === 1 ? "machine" : "machines"}`
      }
      titleMetadata={isArchived ? <Badge>Archived</Badge> : undefined}
      backAction={{ content: "License keys", url: "/app/pools" }}
      secondaryActions={[
        { content: "Settings", url: `/app/pools/${pool.id}/settings` },
        {
          content: isArchived ? "Unarchive" : "Archive",
          loading: archiving.isBusy,
          onAction: () => archiving.submit({ intent: isArchived ? "unarchive" : "archive" }),
        },
        { content: "Delete", destructive: true, onAction: () => setOpen("delete") },
      ]}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <CountsCard counts={pool.counts} outlook={pool.outlook} inventoryProblem={pool.inventoryProblem} />
            <ImportCard
              key={pool.id}
              poolId={pool.id}
              unfinishedId={imports.find(({ state }) => state !== "done" && state !== "failed")?.id ?? null}
            />
            <KeysCard
              {...keys}
              key={`keys ${pool.id}`}
              poolId={pool.id}
              rule={pool.rule}
              imports={imports}
              otherPools={otherPools}
            />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            <AttachedCard products={products} />
            <ImportsCard imports={imports} />
          </BlockStack>
        </Layout.Section>
      </Layout>
      {open === "delete" && <DeletePoolModal name={pool.name} onClose={() => setOpen(null)} />}
    </Page>
  );
}

export function ErrorBoundary() {
  return (
    <NotFound
      title="No such pool"
      text="It may have been deleted."
      back={{ content: "License keys", url: "/app/pools" }}
    />
  );
}
