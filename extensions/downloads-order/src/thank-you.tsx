import "@shopify/ui-extensions/preact";
import type { Api } from "@shopify/ui-extensions/purchase.thank-you.block.render";
import { render } from "preact";
import { headingOf } from "../../shared/host";
import { OrderDownloads } from "../../shared/order-downloads";
import { orderGid } from "../../shared/order-gid";

declare const shopify: Api;

export default () => render(<ThankYou />, document.body);

function ThankYou() {
  const order = orderGid(shopify.orderConfirmation.value.order.id);

  return (
    <s-section heading={headingOf(shopify, shopify.settings.value)}>
      <OrderDownloads host={shopify} proof={{ order, checkout: shopify.checkoutToken.value }} isJustPlaced />
    </s-section>
  );
}
