import type { Message } from "~/domain/delivery/message";
import { buttonColors } from "./colors";
import { escapeHtml } from "./escape-html";
import { colorOf, fontOf, styleSheet } from "./styles";
import { fillIn, wordsOf } from "./words/words-of";

const WIDTH = 600;

type Frame = { subject: string; preheader: string; body: string };

/** A whole HTML mail around a body: one column, at most 600 px, with the shop's logo. */
export function layoutHtml({ locale, shop }: Message, { subject, preheader, body }: Frame): string {
  const footer = fillIn(wordsOf(locale).footer, { shop: shop.name });
  // What mail programs would otherwise show after the preheader in their list.
  const filler = "&#8199;&#65279;&#847; ".repeat(40);

  return `<!doctype html>
<html lang="${locale}" dir="ltr" xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
<meta name="x-apple-disable-message-reformatting">
<title>${escapeHtml(subject)}</title>
<!--[if mso]><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><![endif]-->
<style>
${styleSheet}
</style>
</head>
<body class="fp-page" style="margin:0;padding:0;background:${colorOf.page};-webkit-text-size-adjust:100%;text-size-adjust:100%">
<div style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all" aria-hidden="true">${escapeHtml(preheader)}${filler}</div>
<table role="presentation" class="fp-page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:${colorOf.page}">
<tr><td align="center" style="padding:24px 12px">
<!--[if mso]><table role="presentation" width="${WIDTH}" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:${WIDTH}px">
<tr><td class="fp-text" align="start" style="padding:0 0 16px;${fontOf("heading")}font-weight:700;color:${colorOf.text}">${logoHtml(shop)}</td></tr>
<tr><td class="fp-card" dir="auto" style="padding:32px;background:${colorOf.card};border-radius:8px;${fontOf("text")}color:${colorOf.text}">
${body}
</td></tr>
<tr><td class="fp-quiet" style="padding:16px 0 0;${fontOf("small")}color:${colorOf.quiet}">${escapeHtml(footer)}</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr>
</table>
</body>
</html>
`;
}

function logoHtml({ name, logoUrl }: Message["shop"]): string {
  if (!logoUrl || !/^https?:\/\//i.test(logoUrl)) return `<span dir="auto">${escapeHtml(name)}</span>`;
  return `<img src="${escapeHtml(logoUrl)}" alt="${escapeHtml(name)}" height="48" style="display:block;height:48px;width:auto;max-width:240px;border:0">`;
}

/**
 * A button that is one in every mail program: Outlook for Windows draws it in VML.
 *
 * @param label  HTML
 */
export function buttonHtml({ locale, shop }: Message, pageUrl: string, label: string): string {
  const { background, text } = buttonColors(shop.brandColor);
  const href = escapeHtml(pageUrl);
  const font = `${fontOf("text")}font-weight:600;color:${text}`;

  return `<table role="presentation" class="fp-button" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px">
<tr><td style="border-radius:6px;background:${background}">
<!--[if mso]><v:roundrect href="${href}" style="height:48px;v-text-anchor:middle;width:280px" arcsize="13%" stroke="f" fillcolor="${background}"><w:anchorlock xmlns:w="urn:schemas-microsoft-com:office:word"/><center style="${font}">${label}</center></v:roundrect><![endif]-->
<!--[if !mso]><!--><a href="${href}" target="_blank" rel="noopener" class="fp-action" style="display:inline-block;padding:12px 28px;border-radius:6px;background:${background};text-align:center;text-decoration:none;${font}">${label}</a><!--<![endif]-->
</td></tr>
</table>
<p class="fp-quiet" style="margin:0 0 16px;${fontOf("small")}color:${colorOf.quiet}">${escapeHtml(wordsOf(locale).fallbackLink)}<br><a href="${href}" class="fp-link" style="color:#1f5199;word-break:break-all">${href}</a></p>`;
}
