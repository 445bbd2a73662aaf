/** Shopify did not answer as it should: it is down, throttles, or the shop is closed to us. Worth trying again. */
export class ShopifyUnavailable extends Error {
  override name = "ShopifyUnavailable";
}
