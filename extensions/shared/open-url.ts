type Navigates = { navigation?: { navigate?: unknown } };

/**
 * Sends the browser to a URL. A file comes as an attachment, so the page the customer is on stays.
 *
 * @returns false where the host has no `navigation`: documented for customer accounts, not for checkout.
 * @see https://shopify.dev/docs/api/customer-account-ui-extensions/2026-07/target-apis/platform-apis/navigation-api
 */
export function openUrl(url: string): boolean {
  const { navigation } = globalThis as Navigates;
  if (typeof navigation?.navigate !== "function") return false;
  navigation.navigate(url);
  return true;
}
