const spaces: Record<string, string> = {
  none: "0",
  "small-500": "2px",
  "small-400": "4px",
  "small-300": "6px",
  "small-200": "8px",
  "small-100": "12px",
  small: "12px",
  base: "16px",
  large: "24px",
  "large-100": "24px",
  "large-200": "32px",
  "large-300": "40px",
  "large-400": "48px",
  "large-500": "64px",
};

const radii: Record<string, string> = {
  none: "0",
  "small-100": "4px",
  small: "6px",
  base: "8px",
  large: "12px",
  "large-100": "16px",
  max: "999px",
};
const borders: Record<string, string> = {
  none: "0",
  base: "1px",
  large: "2px",
  "large-100": "3px",
  "large-200": "4px",
};
const backgrounds: Record<string, string> = {
  transparent: "transparent",
  subdued: "var(--surface-subdued, #f4f4f2)",
  base: "#fff",
};

export const roles: Record<string, string> = {
  "ordered-list": "list",
  "unordered-list": "list",
  "list-item": "listitem",
  "list-item-separator": "presentation",
  aside: "complementary",
  header: "banner",
  footer: "contentinfo",
  section: "group",
  generic: "",
  none: "presentation",
};

/** `small-200 base` → `8px 16px`; lengths stay as they are. */
function spaceOf(keywords: string): string {
  return keywords.replace(/[a-z]+(-\d00)?/g, (word) => spaces[word] ?? word);
}

type Property = { name: string; css: string; translate(value: string): string };

const asIs = (value: string) => value;
const property = (name: string, css: string, translate: (value: string) => string = asIs): Property => ({
  name,
  css,
  translate,
});

/** A box's properties, each with the CSS it stands for. */
export const boxProperties: Property[] = [
  property("background", "background", (value) => backgrounds[value] ?? value),
  property("blockSize", "block-size"),
  property("inlineSize", "inline-size"),
  property("minBlockSize", "min-block-size"),
  property("minInlineSize", "min-inline-size"),
  property("maxBlockSize", "max-block-size"),
  property("maxInlineSize", "max-inline-size"),
  property("overflow", "overflow"),
  property("padding", "padding", spaceOf),
  property("paddingBlock", "padding-block", spaceOf),
  property("paddingBlockStart", "padding-block-start", spaceOf),
  property("paddingBlockEnd", "padding-block-end", spaceOf),
  property("paddingInline", "padding-inline", spaceOf),
  property("paddingInlineStart", "padding-inline-start", spaceOf),
  property("paddingInlineEnd", "padding-inline-end", spaceOf),
  property("borderRadius", "border-radius", (value) => value.replace(/[a-z]+(-100)?/g, (word) => radii[word] ?? word)),
  property("border", "border", borderOf),
  property("borderWidth", "border-width", (value) => value.replace(/[a-z]+(-\d00)?/g, (word) => borders[word] ?? word)),
  property("borderStyle", "border-style"),
  property("display", "display", (value) => (value === "auto" ? "" : value)),
];

export const layoutProperties: Property[] = [
  property("gap", "gap", spaceOf),
  property("rowGap", "row-gap", spaceOf),
  property("columnGap", "column-gap", spaceOf),
  property("alignItems", "align-items"),
  property("alignContent", "align-content"),
  property("justifyContent", "justify-content"),
];

export const gridProperties: Property[] = [
  property("gridTemplateColumns", "grid-template-columns"),
  property("gridTemplateRows", "grid-template-rows"),
  property("justifyItems", "justify-items"),
  property("placeItems", "place-items"),
  property("placeContent", "place-content"),
];

export const gridItemProperties: Property[] = [property("gridColumn", "grid-column"), property("gridRow", "grid-row")];

/** The rules for what an element was given; a value may depend on the container: `@container (inline-size > 500px) a, b`. */
export function rulesFor(properties: Property[], given: (name: string) => string): string {
  return properties
    .map(({ name, css, translate }) => {
      const value = given(name);
      if (value === "") return "";
      const responsive = /^@container\s*([\w-]*)\s*(\([^()]*\))\s*(.+)$/s.exec(value);
      const [inside, otherwise] = responsive ? splitLast(responsive[3] ?? "") : ["", value];
      const plain = `:host { ${css}: ${translate(otherwise)}; }`;
      return responsive
        ? `${plain} @container ${responsive[1]} ${responsive[2]} { :host { ${css}: ${translate(inside)}; } }`
        : plain;
    })
    .join("\n");
}

/** At the last comma outside of parentheses. */
function splitLast(text: string): [before: string, after: string] {
  let depth = 0;
  for (let at = text.length - 1; at >= 0; at--) {
    const character = text[at];
    if (character === ")") depth++;
    if (character === "(") depth--;
    if (character === "," && depth === 0) return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  }
  return [text, text];
}

function borderOf(value: string): string {
  const [width = "base", , style = "solid"] = value.split(/\s+/);
  return width === "none"
    ? "0"
    : `${borders[width] ?? width} ${style === "auto" ? "solid" : style} var(--surface-line, #dedede)`;
}
