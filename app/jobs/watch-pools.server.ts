import { watchPools } from "~/domain/pool/watch-pools.server";

export function runWatchPools() {
  return watchPools(new Date());
}
