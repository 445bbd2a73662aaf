/** One thing that must hold in the end: how many were looked at, and those of which it does not hold. */
export type Check = { what: string; lookedAt: number; breaches: string[] };

/** Looks at each item; `wrong` says what is wrong with it, and null when nothing is. */
export function check<Item>(what: string, items: Iterable<Item>, wrong: (item: Item) => string | null): Check {
  const breaches: string[] = [];
  let lookedAt = 0;
  for (const item of items) {
    lookedAt += 1;
    const problem = wrong(item);
    if (problem) breaches.push(problem);
  }
  return { what, lookedAt, breaches };
}

/** As a table, with the first breaches of each below it. */
export function tableOf(checks: Check[]): string {
  const width = Math.max(...checks.map(({ what }) => what.length));
  const row = (what: string, lookedAt: string, breaches: string) =>
    `  ${what.padEnd(width)}  ${lookedAt.padStart(9)}  ${breaches.padStart(8)}`;
  const lines = [
    row("what", "looked at", "breaches"),
    row("─".repeat(width), "─".repeat(9), "─".repeat(8)),
    ...checks.map(({ what, lookedAt, breaches }) => row(what, String(lookedAt), String(breaches.length))),
  ];
  const details = checks
    .filter(({ breaches }) => breaches.length > 0)
    .flatMap(({ what, breaches }) => [
      `\n${what}:`,
      ...breaches.slice(0, 5).map((breach) => `  - ${breach.slice(0, 600)}`),
    ]);
  return [...lines, ...details].join("\n");
}
