import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigation } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { BlockStack, Box, Page } from "@shopify/polaris";
import { useState } from "react";
import { z } from "zod";
import { archiveAsset } from "~/domain/asset/archive-asset.server";
import { createLink, type LinkRefusal } from "~/domain/asset/create-link.server";
import { listAssets } from "~/domain/asset/list-assets.server";
import { listUnfinishedUploads } from "~/domain/asset/list-unfinished-uploads.server";
import { readForm } from "~/http/form";
import { requireShop } from "~/http/require-shop.server";
import { FileDrop } from "~/ui/uploads/file-drop";
import { isSameFile } from "~/ui/uploads/unfinished";
import { UnfinishedCard } from "~/ui/uploads/unfinished-card";
import { UploadPanel } from "~/ui/uploads/upload-panel";
import { addUploads } from "~/ui/uploads/upload-store";
import { useUploadsAndTheirResults } from "~/ui/uploads/use-uploads";
import type { AssetsAnswer } from "./assets-answer";
import { AssetQuery } from "./asset-query";
import { AssetTable } from "./asset-table";
import { LinkModal } from "./link-modal";

const MOST_AT_ONCE = 100;

const AssetsForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("link"), title: z.string(), url: z.string() }),
  z.object({
    intent: z.enum(["archive", "unarchive"]),
    assetIds: z.string().transform((ids) => ids.split(",").slice(0, MOST_AT_ONCE)),
  }),
]);

const linkRefusals: Record<LinkRefusal, { title?: string[]; url?: string[] }> = {
  bad_title: { title: ["Enter a title of at most 255 characters"] },
  bad_url: { url: ["Enter an address that begins with https:// or http://"] },
};

export const meta = () => [{ title: "Assets – Featherpost" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const query = AssetQuery.parse(Object.fromEntries(new URL(request.url).searchParams));
  const [page, unfinished] = await Promise.all([
    listAssets({ shopId: shop.id, ...query }),
    listUnfinishedUploads(shop.id),
  ]);

  return json({ ...page, query, unfinished });
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const form = await readForm(request, AssetsForm);
  if (!form.ok) return json<AssetsAnswer>({ kind: "refused", errors: form.errors }, 422);

  const { fields } = form;
  if (fields.intent === "link") {
    const { title, url } = fields;
    const result = await createLink({ shopId: shop.id, title, url, actor: shop.actor });
    if (result.kind === "refused") {
      return json<AssetsAnswer>({ kind: "refused", errors: linkRefusals[result.reason] }, 422);
    }
    return json<AssetsAnswer>({ kind: "done", message: "Link added" });
  }
  const archived = fields.intent === "archive";
  for (const assetId of fields.assetIds) {
    await archiveAsset({ shopId: shop.id, assetId, archived, actor: shop.actor, now: new Date() });
  }
  const count = fields.assetIds.length === 1 ? "Asset" : `${fields.assetIds.length} assets`;
  return json<AssetsAnswer>({
    kind: "done",
    message: `${count} ${archived ? "archived" : "taken out of the archive"}`,
  });
}

export default function AssetsPage() {
  const { assets, nextCursor, previousCursor, query, unfinished } = useLoaderData<typeof loader>();
  const shopify = useAppBridge();
  const uploads = useUploadsAndTheirResults();
  const [isLinking, setIsLinking] = useState(false);
  const isLoading = useNavigation().state === "loading";
  const here = new Set(uploads.map(({ versionId }) => versionId));
  const resumable = unfinished.filter(({ versionId }) => !here.has(versionId));

  const upload = (files: File[]) => {
    for (const file of files) {
      const rest = resumable.find((candidate) => isSameFile(file, candidate));
      if (rest) shopify.toast.show(`${file.name} goes on where it stopped`);
      addUploads([file], rest ? { kind: "rest", versionId: rest.versionId, assetId: rest.assetId } : { kind: "asset" });
    }
  };
  const isFresh = assets.length === 0 && !query.search && !query.cursor && query.status === "active";

  return (
    <Page
      title="Assets"
      subtitle="Files and links that your products give to those who buy them."
      primaryAction={{ content: "Add link", onAction: () => setIsLinking(true) }}
    >
      <BlockStack gap="400">
        <Box paddingInline={{ xs: "400", sm: "0" }}>
          <FileDrop
            label="Upload files"
            buttonLabel="Upload files"
            hint="or drop them here: any type, up to 5 TB each. They go straight to your storage."
            allowMultiple
            onFiles={upload}
          />
        </Box>
        <UploadPanel uploads={uploads} />
        <UnfinishedCard unfinished={resumable} />
        <AssetTable
          page={{ assets, nextCursor, previousCursor }}
          query={query}
          isFresh={isFresh}
          isLoading={isLoading}
        />
      </BlockStack>
      {isLinking && <LinkModal onClose={() => setIsLinking(false)} />}
    </Page>
  );
}
