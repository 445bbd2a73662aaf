const PRODUCT = /^gid:\/\/shopify\/Product\/([1-9]\d{0,19})$/;
const VARIANT = /^gid:\/\/shopify\/ProductVariant\/([1-9]\d{0,19})$/;

export function isProductId(text: string): boolean {
  return PRODUCT.test(text);
}

export function isVariantId(text: string): boolean {
  return VARIANT.test(text);
}

/** The gid that a URL's digits stand for; null when they are not digits. */
export function productIdFrom(digits: string | undefined): string | null {
  const productId = `gid://shopify/Product/${digits}`;
  return isProductId(productId) ? productId : null;
}

/** What a URL shows of a gid: its last digits. */
export function digitsOf(gid: string): string {
  return gid.slice(gid.lastIndexOf("/") + 1);
}
