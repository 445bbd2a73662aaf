import { json } from "@remix-run/node";
import { isHealthy } from "~/domain/health/is-healthy.server";

export async function loader() {
  const healthy = await isHealthy();

  return json({ healthy }, { status: healthy ? 200 : 503, headers: { "Cache-Control": "no-store" } });
}
