import type { Host } from "./host";

const KEY = "browser";
let known: string | null = null;

/**
 * What tells this browser from others to the app: the same download again within half an hour counts once.
 *
 * It is kept where the host keeps things, and as long as the page lives where that fails.
 */
export async function browserOf({ storage }: Host): Promise<string> {
  if (known !== null) return known;

  const kept = await storage.read(KEY).catch(() => null);
  if (typeof kept === "string" && kept !== "") return (known = kept);

  known = Array.from({ length: 4 }, () => Math.random().toString(36).slice(2)).join("");
  await storage.write(KEY, known).catch(() => {});
  return known;
}
