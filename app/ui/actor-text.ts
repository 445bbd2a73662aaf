/** Who did something, in words: by name where that is known. */
export function actorText(actor: string, name: string | null): string {
  if (actor === "shopify") return "Shopify";
  if (actor === "sweep") return "Sweep";
  if (actor === "customer") return "Customer";
  if (actor === "software") return "Software";
  if (actor === "worker") return "Featherpost";
  if (actor.startsWith("token:")) return name ? `API token “${name}”` : "API token";
  return name ?? `Staff (user ${actor.replace(/^person:/, "")})`;
}
