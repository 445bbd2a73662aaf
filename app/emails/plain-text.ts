const LINE = "\n";

/** The text of simple HTML: paragraphs, lists and headings become lines, a link is followed by its address. */
export function plainText(html: string): string {
  return decodeEntities(
    html
      .replaceAll(/<(style|script|head)\b[^>]*>[\s\S]*?<\/\1>/gi, "")
      .replaceAll(/<!--[\s\S]*?-->/g, "")
      .replaceAll(/\s+/g, " ")
      .replaceAll(/<a\b[^>]*\bhref=(["'])(.*?)\1[^>]*>(.*?)<\/a>/gi, (_, _quote, href: string, label: string) => {
        const address = href.replace(/^mailto:/i, "");
        const said = label.replaceAll(/<[^>]*>/g, "").trim();
        return said === address || said === "" ? address : `${said} (${address})`;
      })
      .replaceAll(/<br\s*\/?>/gi, LINE)
      .replaceAll(/<li\b[^>]*>/gi, `${LINE}- `)
      .replaceAll(/<\/?(p|h[1-6]|div|table|ul|ol|blockquote|hr)\b[^>]*>/gi, LINE + LINE)
      .replaceAll(/<\/tr>/gi, LINE)
      .replaceAll(/<[^>]*>/g, ""),
  )
    .replaceAll(/[^\S\n]*\n[^\S\n]*/g, "\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

function decodeEntities(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,6})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (entity, decimal, hex, name) => {
    if (typeof name === "string") return named[name.toLowerCase()] ?? entity;
    const code = typeof decimal === "string" ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
  });
}
