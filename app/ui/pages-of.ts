type Pages = { previous: string | null; next: string | null };

/** The arrows below a table that is listed a page at a time; undefined: all of it is on this page. */
export function pagesOf({ previous, next }: Pages, turnTo: (cursor: string | null) => void) {
  if ((next ?? previous) === null) return undefined;
  return {
    hasPrevious: previous !== null,
    hasNext: next !== null,
    onPrevious: () => turnTo(previous),
    onNext: () => turnTo(next),
  };
}
