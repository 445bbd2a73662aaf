export const CONNECTIONS = 16;

/** What was measured: a rate beside its reference, both a second, or what a sentence says. */
export type Figure =
  { what: string; against: string; measured: number; reference: number } | { what: string; says: string };

export function inWords(figure: Figure): string {
  if ("says" in figure) return `${figure.what}: ${figure.says}`;
  const { what, against, measured, reference } = figure;
  const rates = [`${what}: ${Math.round(measured)} a second`, `${against}: ${Math.round(reference)} a second`];
  return [...rates, `ratio ${(measured / reference).toFixed(2)}`].join("; ");
}

/**
 * How many pieces of work are done a second, `connections` at a time, after a warm-up of a tenth.
 *
 * @param work  gets the number of the piece, from 0, and which of the connections does it
 */
export async function perSecond(
  count: number,
  work: (piece: number, connection: number) => Promise<unknown>,
  connections = CONNECTIONS,
): Promise<number> {
  const warmUp = Math.ceil(count / 10);
  await inParallel(0, warmUp, work, connections);
  const startedAt = performance.now();
  await inParallel(warmUp, warmUp + count, work, connections);

  return (count * 1000) / (performance.now() - startedAt);
}

async function inParallel(
  from: number,
  to: number,
  work: (piece: number, connection: number) => Promise<unknown>,
  connections: number,
) {
  let next = from;
  const lanes = Array.from({ length: connections }, async (_, connection) => {
    while (next < to) await work(next++, connection);
  });
  await Promise.all(lanes);
}
