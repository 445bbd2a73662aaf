import "@shopify/ui-extensions/preact";
import type { Api } from "@shopify/ui-extensions/customer-account.order-status.block.render";
import { render } from "preact";
import { headingOf } from "../../shared/host";
import { OrderDownloads, Preparing } from "../../shared/order-downloads";

declare const shopify: Api;

export default () => render(<OrderStatus />, document.body);

function OrderStatus() {
  const order = shopify.order.value?.id;
  const isSignedIn = shopify.authenticationState.value === "fully_authenticated";

  return (
    <s-section heading={headingOf(shopify, shopify.settings.value)}>
      {order ? (
        <OrderDownloads
          host={shopify}
          proof={{ order, checkout: shopify.checkoutToken.value }}
          onSignIn={isSignedIn ? undefined : () => void shopify.requireLogin()}
        />
      ) : (
        <Preparing host={shopify} />
      )}
    </s-section>
  );
}
