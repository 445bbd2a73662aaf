import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Badge, BlockStack, Layout, Page } from "@shopify/polaris";
import { useState } from "react";
import { z } from "zod";
import { archiveAsset } from "~/domain/asset/archive-asset.server";
import { changeAsset, type ChangeAssetRefusal } from "~/domain/asset/change-asset.server";
import { deleteAsset, type DeleteAssetRefusal } from "~/domain/asset/delete-asset.server";
import { findAsset } from "~/domain/asset/find-asset.server";
import { listAttachedProducts } from "~/domain/attachment/list-attached-products.server";
import { readForm } from "~/http/form";
import { requireShop } from "~/http/require-shop.server";
import { notFound, uuidParam } from "~/http/uuid-param";
import { NotFound } from "~/ui/not-found";
import type { AssetAnswer } from "./asset-answer";
import { AttachedCard } from "./attached-card";
import { DeleteModal } from "./delete-modal";
import { DetailsForm } from "./details-form";
import { useAssetAction } from "./use-asset-action";
import { VersionsCard } from "./versions-card";

const AssetForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("change"), title: z.string(), url: z.string().optional() }),
  z.object({ intent: z.enum(["archive", "unarchive", "delete"]) }),
]);

export const meta = () => [{ title: "Asset – Featherpost" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const asset = await findAsset(shop.id, uuidParam(params, "assetId"));
  if (!asset) throw notFound();

  return json({ asset, products: await listAttachedProducts(shop.admin, asset.attachments) });
}

const changeRefusals: Record<Exclude<ChangeAssetRefusal, "unknown_asset">, { title?: string[]; url?: string[] }> = {
  bad_title: { title: ["Enter a title of at most 255 characters"] },
  bad_url: { url: ["Enter an address that begins with https:// or http://"] },
};

const deleteRefusals: Record<Exclude<DeleteAssetRefusal, "unknown_asset">, string> = {
  granted: "Customers were granted this asset, so it is kept. You can archive it.",
  attached: "A product still gives this asset. Detach it first.",
  upload_under_way: "An upload to this asset is not finished. Finish or cancel it first.",
};

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const target = { shopId: shop.id, assetId: uuidParam(params, "assetId"), actor: shop.actor };
  const form = await readForm(request, AssetForm);
  if (!form.ok) return answer({ kind: "refused", errors: form.errors }, 422);

  const { fields } = form;
  switch (fields.intent) {
    case "change": {
      const result = await changeAsset({ ...target, title: fields.title, url: fields.url });
      if (result.kind === "changed") return answer({ kind: "done", message: "Asset saved" });
      if (result.reason === "unknown_asset") throw notFound();
      return answer({ kind: "refused", errors: changeRefusals[result.reason] }, 422);
    }
    case "delete": {
      const result = await deleteAsset(target);
      if (result.kind === "deleted") return redirect("/app/assets");
      if (result.reason === "unknown_asset") throw notFound();
      return answer({ kind: "refused", errors: { form: [deleteRefusals[result.reason]] } }, 409);
    }
    default: {
      const archived = fields.intent === "archive";
      if (!(await archiveAsset({ ...target, archived, now: new Date() }))) throw notFound();
      return answer({ kind: "done", message: archived ? "Asset archived" : "Asset taken out of the archive" });
    }
  }
}

function answer(body: AssetAnswer, status = 200) {
  return json<AssetAnswer>(body, status);
}

export default function AssetPage() {
  const { asset, products } = useLoaderData<typeof loader>();
  const [isDeleting, setIsDeleting] = useState(false);
  const archiving = useAssetAction();
  const isArchived = asset.archivedAt !== null;

  // A file name may be one word of 255 characters.
  return (
    <div style={{ overflowWrap: "anywhere" }}>
      <Page
        title={asset.title}
        titleMetadata={isArchived ? <Badge>Archived</Badge> : undefined}
        backAction={{ content: "Assets", url: "/app/assets" }}
        secondaryActions={[
          {
            content: isArchived ? "Unarchive" : "Archive",
            loading: archiving.isBusy,
            onAction: () => archiving.submit({ intent: isArchived ? "unarchive" : "archive" }),
          },
          { content: "Delete", destructive: true, onAction: () => setIsDeleting(true) },
        ]}
      >
        <Layout>
          <Layout.Section>
            <BlockStack gap="400">
              <DetailsForm key={asset.id} title={asset.title} url={asset.url} />
              {asset.kind === "file" && <VersionsCard asset={asset} />}
            </BlockStack>
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <AttachedCard products={products} grantCount={asset.grantCount} />
          </Layout.Section>
        </Layout>
        {isDeleting && <DeleteModal title={asset.title} onClose={() => setIsDeleting(false)} />}
      </Page>
    </div>
  );
}

export function ErrorBoundary() {
  return (
    <NotFound title="No such asset" text="It may have been deleted." back={{ content: "Assets", url: "/app/assets" }} />
  );
}
