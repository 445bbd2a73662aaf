import { useNavigate, useNavigation, useSearchParams } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { Banner, BlockStack, Card, Page } from "@shopify/polaris";
import { useState } from "react";
import { AttachDialog } from "~/ui/attach-dialog";
import type { ProductRow } from "./product-row";
import { ProductsFilter } from "./products-filter";
import { ProductsTable } from "./products-table";

type Props = {
  products: ProductRow[];
  next: string | null;
  previous: string | null;
  search: string;
  onlyGiving: boolean;
  /** Whether Shopify answered. */
  isAvailable: boolean;
};

export function ProductsPage({ products, next, previous, search, onlyGiving, isAvailable }: Props) {
  const shopify = useAppBridge();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const isLoading = useNavigation().state === "loading";
  const [attachTo, setAttachTo] = useState<{ id: string; title: string }[] | null>(null);

  const chooseProducts = async () => {
    const picked = await shopify.resourcePicker({
      type: "product",
      action: "select",
      multiple: true,
      filter: { variants: false },
    });
    const [first, ...others] = picked ?? [];
    if (first && others.length === 0) navigate(`/app/products/${first.id.slice(first.id.lastIndexOf("/") + 1)}`);
    else if (picked && first) setAttachTo(picked.map(({ id, title }) => ({ id, title })));
  };
  const goTo = (place: { after: string | null } | { before: string | null }) => {
    const [[name, cursor] = ["after", null]] = Object.entries(place);
    const target = new URLSearchParams(params);
    target.delete("after");
    target.delete("before");
    if (cursor) target.set(name, cursor);
    setParams(target);
  };

  return (
    <Page
      title="Products"
      subtitle="What buyers of each product get."
      primaryAction={{ content: "Choose products", onAction: chooseProducts }}
    >
      <BlockStack gap="400">
        {!isAvailable && (
          <Banner
            tone="critical"
            title="Shopify did not answer"
            action={{ content: "Try again", onAction: () => setParams(params), loading: isLoading }}
          >
            Your products could not be read. Nothing is lost: what they give stays as it is.
          </Banner>
        )}
        <Card padding="0">
          <ProductsFilter search={search} onlyGiving={onlyGiving} />
          {isAvailable && (
            <ProductsTable
              products={products}
              isLoading={isLoading}
              onAttach={setAttachTo}
              onNext={next ? () => goTo({ after: next }) : undefined}
              onPrevious={previous ? () => goTo({ before: previous }) : undefined}
              nothing={
                search
                  ? { title: "No product found", text: "Try another search." }
                  : onlyGiving
                    ? {
                        title: "No product gives anything yet",
                        text: "Open a product and attach files, links or keys.",
                      }
                    : { title: "Your store has no products yet", text: "Add one in Shopify; it shows up here." }
              }
            />
          )}
        </Card>
      </BlockStack>
      {attachTo && <AttachDialog products={attachTo} onClose={() => setAttachTo(null)} />}
    </Page>
  );
}
