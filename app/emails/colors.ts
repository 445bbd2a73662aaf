const DEFAULT = "#1f5199";

/** A brand color that can stand in a style, and the text color that can be read on it. */
export function buttonColors(brandColor: string | null): { background: string; text: string } {
  const background = brandColor && /^#[0-9a-f]{6}$/i.test(brandColor) ? brandColor : DEFAULT;
  return { background, text: luminance(background) > 0.4 ? "#111111" : "#ffffff" };
}

/** Relative luminance, 0 to 1 (https://www.w3.org/TR/WCAG21/#dfn-relative-luminance). */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
