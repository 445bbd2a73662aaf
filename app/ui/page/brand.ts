const DEFAULT = "#1f5199";
const BLACK = "#000000";
const WHITE = "#ffffff";

/** WCAG AA, for text of any size. */
const READABLE = 4.5;

export type BrandColors = {
  /** A button's background, and the text that can be read on it. */
  button: string;
  onButton: string;
  /** The brand's color as text on white: as it is, or darkened until it can be read. */
  accent: string;
};

/** @param brandColor  #rrggbb; anything else counts as none chosen */
export function brandColors(brandColor: string | null): BrandColors {
  const button = brandColor && /^#[0-9a-f]{6}$/i.test(brandColor) ? brandColor.toLowerCase() : DEFAULT;
  const onButton = contrast(button, WHITE) >= READABLE ? WHITE : BLACK; // of white and black, one reaches 4.58 on any color
  return { button, onButton, accent: readableOnWhite(button) };
}

function readableOnWhite(color: string): string {
  let darker = partsOf(color);
  // 5 on white leaves 4.5 on the page's light gray
  while (contrast(hexOf(darker), WHITE) < READABLE + 0.5) darker = darker.map((part) => Math.floor(part * 0.93));
  return hexOf(darker);
}

/** From 1 to 21 (https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio). */
export function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = partsOf(color).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function partsOf(color: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}

function hexOf(parts: number[]): string {
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
