import {
  Badge,
  BlockStack,
  EmptySearchResult,
  IndexTable,
  InlineStack,
  Text,
  Thumbnail,
  useBreakpoints,
  useIndexResourceState,
} from "@shopify/polaris";
import { ImageIcon } from "@shopify/polaris-icons";
import { ProductStatusBadge } from "~/ui/product-status-badge";
import { RowLink } from "~/ui/row-link";
import { Wrapping } from "~/ui/wrapping";
import type { ProductRow } from "./product-row";

type Props = {
  products: ProductRow[];
  isLoading: boolean;
  onAttach: (products: { id: string; title: string }[]) => void;
  /** Absent at the list's end. */
  onNext?: () => void;
  onPrevious?: () => void;
  /** What to say when there is none. */
  nothing: { title: string; text: string };
};

export function ProductsTable({ products, isLoading, onAttach, onNext, onPrevious, nothing }: Props) {
  const { smDown } = useBreakpoints();
  const attachable = products.filter(({ status }) => status !== null);
  const { selectedResources, allResourcesSelected, handleSelectionChange, clearSelection } =
    useIndexResourceState(attachable);

  const attach = () => {
    onAttach(attachable.filter(({ id }) => selectedResources.includes(id)).map(({ id, title }) => ({ id, title })));
    clearSelection();
  };

  return (
    <IndexTable
      condensed={smDown}
      resourceName={{ singular: "product", plural: "products" }}
      itemCount={products.length}
      selectedItemsCount={allResourcesSelected ? "All" : selectedResources.length}
      onSelectionChange={handleSelectionChange}
      promotedBulkActions={[{ content: "Attach", onAction: attach }]}
      headings={[{ title: "Product" }, { title: "Status" }, { title: "Gives" }]}
      loading={isLoading}
      emptyState={<EmptySearchResult title={nothing.title} description={nothing.text} withIllustration />}
      pagination={
        (onNext ?? onPrevious) && {
          hasNext: onNext !== undefined,
          hasPrevious: onPrevious !== undefined,
          onNext,
          onPrevious,
          accessibilityLabels: { next: "Next products", previous: "Previous products" },
        }
      }
    >
      {products.map((product, position) => (
        <IndexTable.Row
          key={product.id}
          id={product.id}
          position={position}
          selected={selectedResources.includes(product.id)}
          disabled={product.status === null}
          accessibilityLabel={`Select ${product.title}`}
        >
          {smDown ? <CondensedRow product={product} /> : <WideRow product={product} />}
        </IndexTable.Row>
      ))}
    </IndexTable>
  );
}

function WideRow({ product }: { product: ProductRow }) {
  return (
    <>
      <IndexTable.Cell>
        <InlineStack gap="300" blockAlign="center" wrap={false}>
          <Picture product={product} />
          <ProductName product={product} />
        </InlineStack>
      </IndexTable.Cell>
      <IndexTable.Cell>
        <ProductStatusBadge status={product.status} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Gives gives={product.gives} />
      </IndexTable.Cell>
    </>
  );
}

function CondensedRow({ product }: { product: ProductRow }) {
  return (
    <div style={{ padding: "12px", width: "100%" }}>
      <InlineStack gap="300" blockAlign="center" wrap={false}>
        <Picture product={product} />
        <BlockStack gap="100">
          <ProductName product={product} />
          <InlineStack gap="100">
            {product.status !== "active" && <ProductStatusBadge status={product.status} />}
            <Gives gives={product.gives} />
          </InlineStack>
        </BlockStack>
      </InlineStack>
    </div>
  );
}

/** As large beside a long title as beside a short one. */
function Picture({ product: { imageUrl } }: { product: ProductRow }) {
  return (
    <div style={{ flexShrink: 0 }}>
      <Thumbnail source={imageUrl ?? ImageIcon} alt="" size="small" />
    </div>
  );
}

function ProductName({ product: { title, url, variantsCount } }: { product: ProductRow }) {
  return (
    <BlockStack>
      <RowLink url={url}>
        <Wrapping>{title}</Wrapping>
      </RowLink>
      {variantsCount > 1 && (
        <Text as="span" tone="subdued" variant="bodySm">
          {variantsCount} variants
        </Text>
      )}
    </BlockStack>
  );
}

function Gives({ gives }: { gives: string[] }) {
  if (gives.length === 0) {
    return (
      <Text as="span" tone="subdued">
        Nothing yet
      </Text>
    );
  }
  return (
    <InlineStack gap="100">
      {gives.map((words) => (
        <Badge key={words} tone="info">
          {words}
        </Badge>
      ))}
    </InlineStack>
  );
}
