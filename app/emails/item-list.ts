import type { Message } from "~/domain/delivery/message";
import type { TemplateItem } from "~/domain/delivery/template-variables";
import { escapeHtml } from "./escape-html";
import { colorOf, fontOf } from "./styles";
import { counted, fillIn, wordsOf } from "./words/words-of";

/** What stands under an item's title; empty lines left out. */
type Told = { title: string; facts: string; state: string; keys: string[]; keyNote: string; instructions: string };

/** The list of items for HTML mails. */
export function itemsHtml(message: Message, items: TemplateItem[]): string {
  const words = wordsOf(message.locale);
  const rows = items.map((item, index) => rowHtml(told(message, item, index), words.howTo)).join("");
  const more = message.moreItems > 0 ? counted(message.locale, words.moreItems, message.moreItems) : "";
  const moreRow =
    more && `<tr><td class="fp-line" style="padding:14px 0;${fontOf("small")}">${escapeHtml(more)}</td></tr>`;

  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 24px;border-collapse:collapse">${rows}${moreRow}</table>`;
}

/** The same for text mails. */
export function itemsText(message: Message, items: TemplateItem[]): string {
  const words = wordsOf(message.locale);
  const parts = items.map((item, index) => {
    const { title, facts, state, keys, keyNote, instructions } = told(message, item, index);
    const indented = [facts, state, ...keys, keyNote, instructions && `${words.howTo}: ${instructions}`]
      .filter(Boolean)
      .map((line) => `  ${line.replaceAll(/\r?\n/g, "\n  ")}`);
    return [`- ${title}`, ...indented].join("\n");
  });
  const more = message.moreItems > 0 ? [counted(message.locale, words.moreItems, message.moreItems)] : [];
  return [...parts, ...more].join("\n\n");
}

function told(message: Message, item: TemplateItem, index: number): Told {
  const words = wordsOf(message.locale);
  const source = message.items[index];
  const version = item.version === null ? null : fillIn(words.version, { number: String(item.version) });
  const facts = [
    item.is_new ? words.isNew : null,
    item.product === item.title ? null : item.product,
    item.kind === "link" ? words.link : null,
    item.file_name === item.title ? null : item.file_name,
    item.size,
    version,
    item.keys_text,
    item.state_text && item.kind !== "keys" ? null : item.downloads_text,
    item.expires_text,
  ].filter((fact) => fact !== null);

  return {
    title: item.title,
    facts: facts.join(" · "),
    state: item.state_text ?? "",
    keys: item.keys,
    keyNote: source?.kind === "keys" ? keyNote(message, source) : "",
    instructions: item.instructions ?? "",
  };
}

/** What is said of keys that the message does not show. */
function keyNote({ locale, shop }: Message, { keys, keyCount }: { keys: string[]; keyCount: number }): string {
  const words = wordsOf(locale);
  if (keyCount === 0 || keys.length >= keyCount) return "";
  if (shop.revealToClaim) return words.revealOnPage;
  if (!shop.keysInMail || keys.length === 0) return words.keysOnPage;
  return counted(locale, words.moreKeys, keyCount - keys.length);
}

function rowHtml({ title, facts, state, keys, keyNote: note, instructions }: Told, howTo: string): string {
  const small = `margin:4px 0 0;${fontOf("small")}color:${colorOf.quiet}`;
  const lines = [
    `<p dir="auto" class="fp-text" style="margin:0;${fontOf("text")}font-weight:600;color:${colorOf.text}">${escapeHtml(title)}</p>`,
    facts && `<p dir="auto" class="fp-quiet" style="${small}">${escapeHtml(facts)}</p>`,
    state && `<p class="fp-quiet" style="${small}">${escapeHtml(state)}</p>`,
    ...keys.map(
      (key) =>
        `<p dir="ltr" class="fp-key" style="margin:8px 0 0;padding:8px 12px;border-radius:4px;background:${colorOf.key};color:${colorOf.text};font-family:Menlo,Consolas,'Courier New',monospace;font-size:15px;line-height:22px;word-break:break-all">${escapeHtml(key)}</p>`,
    ),
    note && `<p class="fp-quiet" style="${small}">${escapeHtml(note)}</p>`,
    instructions &&
      `<p dir="auto" class="fp-quiet" style="margin:8px 0 0;${fontOf("small")}color:${colorOf.quiet}"><b>${escapeHtml(howTo)}</b><br>${escapeHtml(instructions).replaceAll(/\r?\n/g, "<br>")}</p>`,
  ];
  return `<tr><td class="fp-line" style="padding:14px 0;border-top:1px solid ${colorOf.line}">${lines.filter(Boolean).join("")}</td></tr>`;
}
