import { Badge, BlockStack, IndexTable, InlineStack, Text } from "@shopify/polaris";
import { Moment } from "~/ui/moment";
import { NarrowRow } from "~/ui/narrow-row";
import { RowLink } from "~/ui/row-link";
import { sizeInWords } from "~/ui/size-in-words";
import { Wrapping } from "~/ui/wrapping";

/** An asset as the loader lists it. */
export type ListedAsset = {
  id: string;
  kind: "file" | "link";
  title: string;
  url: string | null;
  fileName: string | null;
  sizeBytes: number | null;
  versionNumber: number | null;
  attachmentCount: number;
  createdAt: string;
  archivedAt: string | null;
};

export function WideCells({ asset }: { asset: ListedAsset }) {
  return (
    <>
      <IndexTable.Cell>
        <BlockStack gap="050">
          <Title asset={asset} />
          <Below asset={asset} />
        </BlockStack>
      </IndexTable.Cell>
      <NumberCell>{asset.sizeBytes === null ? "–" : sizeInWords(asset.sizeBytes)}</NumberCell>
      <NumberCell>{asset.versionNumber ?? "–"}</NumberCell>
      <NumberCell>{asset.attachmentCount || "–"}</NumberCell>
      <IndexTable.Cell>
        <Text as="span" tone="subdued">
          <Moment at={asset.createdAt} />
        </Text>
      </IndexTable.Cell>
    </>
  );
}

export function NarrowCells({ asset }: { asset: ListedAsset }) {
  const { url, sizeBytes, versionNumber, attachmentCount } = asset;
  const facts = [
    sizeBytes === null ? url : sizeInWords(sizeBytes),
    versionNumber && versionNumber > 1 && `version ${versionNumber}`,
    attachmentCount > 0 && `attached ${attachmentCount === 1 ? "once" : `${attachmentCount} times`}`,
  ];

  return (
    <NarrowRow>
      <Title asset={asset} />
      <Text as="span" variant="bodySm" tone="subdued" breakWord>
        {facts.filter(Boolean).join(" · ")}
      </Text>
    </NarrowRow>
  );
}

function Title({ asset: { id, title, kind, archivedAt } }: { asset: ListedAsset }) {
  return (
    <InlineStack gap="200" blockAlign="center">
      <RowLink url={`/app/assets/${id}`}>
        <Wrapping>{title}</Wrapping>
      </RowLink>
      {kind === "link" && <Badge>Link</Badge>}
      {archivedAt && <Badge>Archived</Badge>}
    </InlineStack>
  );
}

function Below({ asset: { title, fileName, url } }: { asset: ListedAsset }) {
  const text = url ?? (fileName === title ? null : fileName);
  if (!text) return null;

  return (
    <Text as="span" variant="bodySm" tone="subdued">
      <Wrapping>{text}</Wrapping>
    </Text>
  );
}

function NumberCell({ children }: { children: string | number }) {
  return (
    <IndexTable.Cell>
      <Text as="span" alignment="end" numeric>
        {children}
      </Text>
    </IndexTable.Cell>
  );
}
