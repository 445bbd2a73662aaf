import "@shopify/ui-extensions/preact";
import type { Api } from "@shopify/ui-extensions/customer-account.page.render";
import { render } from "preact";
import { GrantList } from "../../shared/grant-list";
import { headingOf, text } from "../../shared/host";
import { Announcement, ErrorNotice, Loading } from "../../shared/notice";
import { useOrders } from "./use-orders";

declare const shopify: Api;

export default () => render(<DownloadsPage />, document.body);

function DownloadsPage() {
  return (
    <s-page heading={headingOf(shopify, shopify.settings.value)}>
      <Orders />
    </s-page>
  );
}

function Orders() {
  const { orders, next, isLoading, shownLast, refused, more, reload, refresh, replace } = useOrders(shopify);

  if (orders === null) {
    if (!refused) return <Loading host={shopify} />;
    return <ErrorNotice host={shopify} heading={text(shopify, "errorHeading")} refused={refused} onRetry={reload} />;
  }
  if (orders.length === 0 && next === null) {
    return (
      <s-section>
        <Announcement sentence={text(shopify, "emptyAll")} />
      </s-section>
    );
  }
  return (
    <s-stack gap="large">
      {orders.map(({ id, name, grants }) => (
        <s-section key={id} heading={text(shopify, "order", { name })}>
          {grants.length === 0 ? (
            <s-text color="subdued">{text(shopify, "empty")}</s-text>
          ) : (
            <GrantList
              host={shopify}
              grants={grants}
              proof={{ order: id }}
              onChanged={(grant) => replace(id, grant)}
              onStale={() => void refresh(id)}
            />
          )}
        </s-section>
      ))}
      <s-stack accessibilityRole="status">
        {shownLast > 0 && <s-text color="subdued">{text(shopify, "moreShown", { count: shownLast })}</s-text>}
      </s-stack>
      {refused && (
        <ErrorNotice host={shopify} heading={text(shopify, "moreErrorHeading")} refused={refused} onRetry={more} />
      )}
      {next !== null && !refused && (
        <s-button variant="secondary" loading={isLoading} onClick={more}>
          {text(shopify, "showMore")}
        </s-button>
      )}
    </s-stack>
  );
}
