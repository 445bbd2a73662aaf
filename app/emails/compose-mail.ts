import type { Message } from "~/domain/delivery/message";
import { renderTemplate, type MailTemplateText, type TemplateMistake } from "~/domain/delivery/template";
import { markers } from "~/domain/delivery/template-tags";
import { defaultTemplate } from "./default-template";
import { itemsHtml, itemsText } from "./item-list";
import { buttonHtml, layoutHtml } from "./layout";
import { plainText } from "./plain-text";
import { withStyles } from "./styles";
import { variablesOf } from "./variables-of";
import { fillIn, wordsOf } from "./words/words-of";

export type ComposedMail = { subject: string; html: string; text: string };

export type ComposeMailResult =
  { kind: "composed"; mail: ComposedMail } | { kind: "mistaken"; mistake: TemplateMistake };

/**
 * A message as its customer gets it.
 *
 * @param template  as the merchant edited it; null for the default
 * @param pageUrl   where the button leads
 */
export function composeMail(message: Message, template: MailTemplateText | null, pageUrl: string): ComposeMailResult {
  const { kind, locale, shop } = message;
  const variables = variablesOf(message, pageUrl);
  const rendered = renderTemplate(template ?? defaultTemplate(kind, locale), variables);
  if (rendered.kind === "mistaken") return rendered;

  const { subject, body } = rendered;
  const html = withStyles(body)
    .replaceAll(markers.button, (_, label: string) => buttonHtml(message, pageUrl, label))
    .replaceAll(markers.items, () => itemsHtml(message, variables.items));

  const words = wordsOf(locale);
  const written = plainText(
    body
      .replaceAll(markers.button, (_, label: string) => `<p>${label}:<br>${BUTTON}</p>`)
      .replaceAll(markers.items, `<p>${ITEMS}</p>`),
  );
  const text = [
    written.replaceAll(BUTTON, () => pageUrl).replaceAll(ITEMS, () => itemsText(message, variables.items)),
    `-- \n${fillIn(words.footer, { shop: shop.name })}\n`,
  ].join("\n\n");

  const preheader = written.split(BUTTON, 1).join("").replaceAll(/\s+/g, " ").trim().slice(0, PREHEADER);
  return { kind: "composed", mail: { subject, html: layoutHtml(message, { subject, preheader, body: html }), text } };
}

const PREHEADER = 140;

/** Characters for private use stand for the parts while the tags around them are taken out. */
const BUTTON = "\ue001";
const ITEMS = "\ue002";
