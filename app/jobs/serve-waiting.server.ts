import { serveStarvedPools } from "~/domain/pool/serve-starved-pools.server";

export function runServeWaiting() {
  return serveStarvedPools();
}
