import { useRevalidator } from "@remix-run/react";
import { Banner, BlockStack, Page } from "@shopify/polaris";
import { useState } from "react";
import type { Attached } from "~/domain/attachment/given-by";
import { isUnderWay, type PastRunView } from "~/domain/bulk-run/run-view";
import { digitsOf } from "~/domain/attachment/product-id";
import type { ProductStatus } from "~/gateways/shopify/product-parts";
import { AttachDialog } from "~/ui/attach-dialog";
import { ProductStatusBadge } from "~/ui/product-status-badge";
import { ChangeDialog } from "./change-dialog";
import type { ShopPolicy } from "./change-fields";
import { EverywhereCard } from "./everywhere-card";
import { LostVariantsCard } from "./lost-variants-card";
import { useDetach } from "./use-detach";
import { VariantCards } from "./variant-cards";

type Variant = { id: string; title: string; sku: string | null };

type Props = {
  productId: string;
  /** null: deleted, or not read. */
  product: { title: string; status: ProductStatus; hasOnlyDefaultVariant: boolean; variants: Variant[] } | null;
  /** Whether Shopify answered. */
  isAvailable: boolean;
  attachments: Attached[];
  /** The shop's, for what an attachment has none of its own. */
  policy: ShopPolicy;
  /** The newest that gave to past orders. */
  lastRun: PastRunView | null;
};

/** What buyers of a product get, and what changes that. */
export function ProductPage({ productId, product, isAvailable, attachments, policy, lastRun }: Props) {
  const revalidator = useRevalidator();
  const [attachFor, setAttachFor] = useState<{ variantId?: string } | null>(null);
  const [changing, setChanging] = useState<Attached | null>(null);
  const title = product?.title ?? `Product ${digitsOf(productId)}`;
  const detach = useDetach(title);
  const variants = product?.variants ?? [];
  const hasOptions = product !== null && !product.hasOnlyDefaultVariant;
  const known = new Set(variants.map(({ id }) => id));
  const lost = attachments.filter(({ variantId }) => variantId !== null && !known.has(variantId));
  const standing = attachments.filter(({ id }) => !detach.isDetaching(id));
  const attach = product ? (variantId?: string) => setAttachFor({ variantId }) : undefined;

  return (
    <Page
      title={title}
      titleMetadata={isAvailable && <ProductStatusBadge status={product?.status ?? null} />}
      backAction={{ content: "Products", url: "/app/products" }}
      primaryAction={attach && { content: "Attach", onAction: () => attach() }}
      secondaryActions={[
        ...(standing.length > 0
          ? [{ content: "Also give to past orders", url: `/app/products/${digitsOf(productId)}/past-orders` }]
          : []),
        ...(product
          ? [
              {
                content: "View in Shopify",
                url: `shopify://admin/products/${digitsOf(productId)}`,
                target: "_top" as const,
              },
            ]
          : []),
      ]}
    >
      <BlockStack gap="400">
        {!isAvailable && (
          <Banner
            tone="critical"
            title="Shopify did not answer"
            action={{
              content: "Try again",
              onAction: () => revalidator.revalidate(),
              loading: revalidator.state === "loading",
            }}
          >
            The product&apos;s variants could not be read. What it gives is below and stays as it is.
          </Banner>
        )}
        {lastRun && isUnderWay(lastRun) && (
          <Banner
            title="This is being given to past orders"
            action={{ content: "See how far it is", url: `/app/runs/${lastRun.id}` }}
          >
            {lastRun.input.titles.join(", ")}
          </Banner>
        )}
        {isAvailable && !product && (
          <Banner tone="warning" title="This product was deleted in Shopify">
            Nobody can buy it any more. Customers who bought it keep what they have.
          </Banner>
        )}
        <EverywhereCard
          attachments={standing.filter(({ variantId }) => variantId === null)}
          isOnlyVariant={product?.hasOnlyDefaultVariant ?? false}
          onAttach={attach}
          onChange={setChanging}
          onDetach={detach.submit}
        />
        {hasOptions && (
          <VariantCards
            variants={variants}
            attachments={standing}
            onAttach={attach}
            onChange={setChanging}
            onDetach={detach.submit}
          />
        )}
        <LostVariantsCard
          attachments={lost.filter(({ id }) => !detach.isDetaching(id))}
          isAvailable={isAvailable}
          onDetach={detach.submit}
        />
      </BlockStack>
      {changing && (
        <ChangeDialog
          key={changing.id}
          attachment={changing}
          productTitle={title}
          policy={policy}
          onClose={() => setChanging(null)}
        />
      )}
      {attachFor && (
        <AttachDialog
          products={[{ id: productId, title }]}
          variants={hasOptions ? variants : []}
          variantId={attachFor.variantId}
          onClose={() => setAttachFor(null)}
        />
      )}
    </Page>
  );
}
