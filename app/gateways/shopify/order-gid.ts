/**
 * The order's gid in what an extension sends: thank-you pages know it as an OrderIdentity of the same number.
 *
 * @returns null when the text names no order.
 */
export function orderGidFrom(text: string): string | null {
  const match = /^(?:gid:\/\/shopify\/(?:Order|OrderIdentity)\/)?(\d{1,20})$/.exec(text);
  return match ? `gid://shopify/Order/${match[1]}` : null;
}
