const LONGEST_URL = 2048;

/** An external link's address as it is stored; null unless it is an http(s) address of at most 2048 characters. */
export function linkUrl(text: string): string | null {
  const trimmed = text.trim();
  if (!/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed)) return null;

  const { href } = new URL(trimmed);
  return href.length <= LONGEST_URL ? href : null;
}
