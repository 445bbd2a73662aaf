export const colorOf = {
  page: "#f3f4f6",
  card: "#ffffff",
  text: "#1b1d21",
  quiet: "#5c6370",
  line: "#e2e5ea",
  key: "#f3f4f6",
};

const FAMILY =
  "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,'PingFang SC','Hiragino Sans','Microsoft YaHei',sans-serif";

const sizes = {
  text: "16px;line-height:24px",
  small: "14px;line-height:20px",
  title: "24px;line-height:32px",
  heading: "18px;line-height:26px",
};

/** Mail programs read only what stands at the element itself. Ends in a semicolon. */
export function fontOf(size: keyof typeof sizes): string {
  return `font-family:${FAMILY};font-size:${sizes[size]};`;
}

/** For the mail programs that do read it. `[data-ogsc]`: Outlook on the web and on phones. */
export const styleSheet = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
body{margin:0;padding:0;width:100%}
table{border-spacing:0}
img{border:0}
@media (max-width:620px){.fp-card{padding:24px 20px!important}.fp-button a{display:block!important}}
@media (prefers-color-scheme:dark){
.fp-page{background:#121316!important}.fp-card{background:#1e2024!important}
.fp-text,.fp-card h1,.fp-card h2,.fp-card p,.fp-card li,.fp-card td{color:#f1f2f4!important}
.fp-quiet,.fp-card p.fp-quiet{color:#a9b0bc!important}.fp-line{border-color:#3a3e46!important}
.fp-key,.fp-card p.fp-key{background:#2b2e34!important;color:#f1f2f4!important}
.fp-card a.fp-link{color:#8ab4f8!important}}
[data-ogsc] .fp-text,[data-ogsc] .fp-card h1,[data-ogsc] .fp-card h2,[data-ogsc] .fp-card p{color:#f1f2f4!important}
[data-ogsb] .fp-page{background:#121316!important}[data-ogsb] .fp-card{background:#1e2024!important}
[data-ogsc] .fp-quiet{color:#a9b0bc!important}[data-ogsb] .fp-key{background:#2b2e34!important}
`.trim();

const bare: Record<string, string> = {
  h1: `margin:0 0 16px;${fontOf("title")}font-weight:700;color:${colorOf.text}`,
  h2: `margin:24px 0 12px;${fontOf("heading")}font-weight:600;color:${colorOf.text}`,
  p: `margin:0 0 16px;${fontOf("text")}color:${colorOf.text}`,
  ul: `margin:0 0 16px;padding:0 0 0 24px;${fontOf("text")}color:${colorOf.text}`,
  ol: `margin:0 0 16px;padding:0 0 0 24px;${fontOf("text")}color:${colorOf.text}`,
  li: "margin:0 0 4px",
};

/** Gives the plain tags of an edited body the styles of the rest; a tag with attributes of its own is left alone. */
export function withStyles(body: string): string {
  return body
    .replaceAll(/<(h1|h2|p|ul|ol|li)>/gi, (_, name: string) => {
      return `<${name} style="${bare[name.toLowerCase()] ?? ""}">`;
    })
    .replaceAll(/<a (?![^>]*(?:style|class)=)/gi, `<a class="fp-link" style="color:#1f5199" `);
}
