import { useRevalidator } from "@remix-run/react";
import { Banner, BlockStack, Page } from "@shopify/polaris";
import { useState } from "react";
import type { Attached } from "~/domain/attachment/given-by";
import { digitsOf } from "~/domain/attachment/product-id";
import type { ProductStatus } from "~/gateways/shopify/product-parts";
import { AttachDialog } from "~/ui/attach-dialog";
import { ProductStatusBadge } from "~/ui/product-status-badge";
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
};

/** What buyers of a product get, and what changes that. */
export function ProductPage({ productId, product, isAvailable, attachments }: Props) {
  const revalidator = useRevalidator();
  const [attachFor, setAttachFor] = useState<{ variantId?: string } | null>(null);
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
      secondaryActions={
        product
          ? [{ content: "View in Shopify", url: `shopify://admin/products/${digitsOf(productId)}`, target: "_top" }]
          : []
      }
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
        {isAvailable && !product && (
          <Banner tone="warning" title="This product was deleted in Shopify">
            Nobody can buy it any more. Customers who bought it keep what they have.
          </Banner>
        )}
        <EverywhereCard
          attachments={standing.filter(({ variantId }) => variantId === null)}
          isOnlyVariant={product?.hasOnlyDefaultVariant ?? false}
          onAttach={attach}
          onDetach={detach.submit}
        />
        {hasOptions && (
          <VariantCards variants={variants} attachments={standing} onAttach={attach} onDetach={detach.submit} />
        )}
        <LostVariantsCard
          attachments={lost.filter(({ id }) => !detach.isDetaching(id))}
          isAvailable={isAvailable}
          onDetach={detach.submit}
        />
      </BlockStack>
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
