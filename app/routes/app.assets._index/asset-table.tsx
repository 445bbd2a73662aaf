import { useFetcher, useSearchParams } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { Card, EmptySearchResult, IndexTable, useBreakpoints, useIndexResourceState } from "@shopify/polaris";
import { useEffect, useRef } from "react";
import { pagesOf } from "~/ui/pages-of";
import { AssetFilters } from "./asset-filters";
import type { AssetQuery } from "./asset-query";
import { NarrowCells, WideCells, type ListedAsset } from "./asset-cells";
import type { AssetsAnswer } from "./assets-answer";

type Props = {
  page: { assets: ListedAsset[]; nextCursor: string | null; previousCursor: string | null };
  query: AssetQuery;
  /** Nothing was ever added. */
  isFresh: boolean;
  isLoading: boolean;
};

/** The list: filters, rows to pick from, and pages. */
export function AssetTable({ page, query, isFresh, isLoading }: Props) {
  const { assets, nextCursor, previousCursor } = page;
  const { smDown } = useBreakpoints();
  const [, setSearchParams] = useSearchParams();
  const { selectedResources, allResourcesSelected, handleSelectionChange, clearSelection } = useIndexResourceState(
    assets,
    { resourceIDResolver: ({ id }) => id },
  );
  const archive = useArchiving(clearSelection);
  const turnTo = (cursor: string | null) =>
    setSearchParams((params) => {
      if (cursor) params.set("cursor", cursor);
      return params;
    });
  const intent = query.status === "archived" ? "unarchive" : "archive";

  return (
    <Card padding="0">
      <AssetFilters query={query} isLoading={isLoading} />
      <IndexTable
        condensed={smDown}
        itemCount={assets.length}
        resourceName={{ singular: "asset", plural: "assets" }}
        selectedItemsCount={allResourcesSelected ? "All" : selectedResources.length}
        onSelectionChange={handleSelectionChange}
        promotedBulkActions={[
          {
            content: intent === "archive" ? "Archive" : "Unarchive",
            onAction: () => archive(intent, selectedResources),
          },
        ]}
        headings={[
          { title: "Title" },
          { title: "Size", alignment: "end" },
          { title: "Version", alignment: "end" },
          { title: "Attached to", alignment: "end" },
          { title: "Added" },
        ]}
        pagination={pagesOf({ previous: previousCursor, next: nextCursor }, turnTo)}
        emptyState={<Nothing isFresh={isFresh} />}
      >
        {assets.map((asset, index) => (
          <IndexTable.Row id={asset.id} key={asset.id} position={index} selected={selectedResources.includes(asset.id)}>
            {smDown ? <NarrowCells asset={asset} /> : <WideCells asset={asset} />}
          </IndexTable.Row>
        ))}
      </IndexTable>
    </Card>
  );
}

function Nothing({ isFresh }: { isFresh: boolean }) {
  return isFresh ? (
    <EmptySearchResult
      title="Add what you sell"
      description="Upload your first file, or add a link. Then attach it to a product, and buyers get it."
    />
  ) : (
    <EmptySearchResult title="No assets found" description="Try another search or another tab." withIllustration />
  );
}

/** Archives what was picked, or brings it back, and says so. */
function useArchiving(onDone: () => void) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<AssetsAnswer>();
  const told = useRef<AssetsAnswer>(undefined);

  useEffect(() => {
    if (!fetcher.data || fetcher.data === told.current) return;
    told.current = fetcher.data;
    if (fetcher.data.kind === "done") shopify.toast.show(fetcher.data.message);
    else shopify.toast.show("That did not work. Reload the page and try again.", { isError: true });
    onDone();
  }, [fetcher.data, shopify, onDone]);

  return (intent: "archive" | "unarchive", ids: string[]) =>
    fetcher.submit({ intent, assetIds: ids.join(",") }, { method: "post" });
}
