/** A request's path as it may be logged: without its query and without the secret of a delivery's page. */
export function maskedPath(url: string): string {
  const path = url.split("?", 1)[0] ?? "";
  return path.replace(/^\/d\/[^/]+/, "/d/…");
}
