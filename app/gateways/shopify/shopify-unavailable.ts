/** Shopify did not answer as it should: it is down, throttles, or the shop is closed to us. Worth trying again. */
export class ShopifyUnavailable extends Error {
  override name = "ShopifyUnavailable";
}

/** The app asked more than the shop's allowance gives just now. */
export class ShopifyThrottled extends ShopifyUnavailable {
  override name = "ShopifyThrottled";
  /** After so long the same call fits into the allowance. */
  readonly waitMs: number;

  constructor(waitMs: number, options?: ErrorOptions) {
    super("Shopify asks us to wait: too many calls at once", options);
    this.waitMs = waitMs;
  }
}

/** The merchant has not granted what the call needs: trying again changes nothing. */
export class ShopifyDenied extends ShopifyUnavailable {
  override name = "ShopifyDenied";
}
