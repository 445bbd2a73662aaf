/** Thank-you pages name an order before it is one, by the number that its gid will have. */
export function orderGid(identity: string): string {
  return identity.replace("gid://shopify/OrderIdentity/", "gid://shopify/Order/");
}
