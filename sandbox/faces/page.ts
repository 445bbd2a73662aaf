import { html, Html } from "./html.ts";

export type FaceName = "home" | "admin" | "storefront" | "account" | "inbox";

export type PageParts = {
  title: string;
  face: FaceName;
  /** language of the page's text */
  lang?: string;
  style: string;
  /** scripts under `/faces/`, loaded when the page is read */
  scripts?: string[];
  body: Html;
};

const faces: { name: FaceName; label: string; href: string; icon: string }[] = [
  { name: "home", label: "Sandbox", href: "/", icon: "sandbox" },
  { name: "admin", label: "Admin", href: "/admin", icon: "store" },
  { name: "storefront", label: "Shop", href: "/storefront", icon: "cart" },
  { name: "account", label: "Account", href: "/account", icon: "person" },
  { name: "inbox", label: "Inbox", href: "/inbox", icon: "email" },
];

/** A whole page: the strip that leads from face to face, then what the face shows. */
export function page({ title, face, lang = "en", style, scripts = [], body }: PageParts): Html {
  return html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:image/svg+xml,${encodeURIComponent(featherSvg("#0f6b53").text)}" />
        <link rel="stylesheet" href="/faces/base.css" />
        <link rel="stylesheet" href="/faces/${style}" />
        ${scripts.map((script) => html`<script src="/faces/${script}" defer></script>`)}
      </head>
      <body class="face-${face}">
        <a class="skip" href="#content">Skip to content</a>
        <nav class="strip" aria-label="Sandbox" lang="en">
          <ul>
            ${faces.map(
              ({ name, label, href, icon: glyph }) =>
                html`<li>
                  <a href="${href}" ${name === face ? html` aria-current="true"` : ""}
                    >${name === "home" ? featherSvg("currentColor") : icon(glyph)}<span>${label}</span></a
                  >
                </li>`,
            )}
          </ul>
        </nav>
        ${body}
      </body>
    </html>`;
}

/** An icon of Shopify's set in the color of the text around it; it says nothing to a screen reader. */
export function icon(name: string): Html {
  return html`<span class="icon" style="--icon:url(/faces/icons/${name}.svg)" aria-hidden="true"></span>`;
}

/** Featherpost's mark. */
export function featherSvg(color: string): Html {
  return new Html(
    `<svg class="feather" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="${color}" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M20.2 3.8c-3.2-1.6-8-.6-10.9 2.3C6.9 8.5 6 11.7 6.3 15.200L4 20m2.300-4.800c3.400.4 6.700-.5 9.100-2.900 2.900-2.900 5.600-6.200 4.800-8.500zM6.300 15.200 15 6.800M9.600 12.200h5.600M12.400 9.400h5"/></svg>`,
  );
}

export function formatMoney(cents: number, currency: string, locale = "en"): string {
  return new Intl.NumberFormat(locale, { style: "currency", currency }).format(cents / 100);
}

/** @param at  ISO 8601 */
export function formatMoment(at: string, locale = "en"): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));
}

export function formatDay(at: string, locale = "en"): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(new Date(at));
}
