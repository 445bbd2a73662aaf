import { inTransaction, type Tx } from "~/db.server";

// A million keys take minutes on a small machine.
const TRANSACTION_TIMEOUT_MS = 10 * 60 * 1000;

/** One transaction for what may concern every key of a pool. */
export function changeMany<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
  return inTransaction(work, { timeoutMs: TRANSACTION_TIMEOUT_MS });
}
