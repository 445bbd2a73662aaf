import type { ReactElement, ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import type { PageShop } from "~/domain/page/page";
import { brandColors } from "./brand";
import style from "./page.css?raw";
import script from "./page.js?raw";
import type { Voice } from "./page-view";

type FrameProps = {
  shop: PageShop | null;
  voice: Voice;
  title: string;
  nonce: string;
  seenUrl?: string | null;
  goesTo?: string;
  /** Below the page's own words, above the support address. */
  foot?: ReactNode;
  children: ReactNode;
};

/** The document around every page for customers, in the shop's looks. No Polaris, no Remix: it has to be quick on a phone. */
export function Frame({ shop, voice, title, nonce, seenUrl, goesTo, foot, children }: FrameProps) {
  const { button, onButton, accent } = brandColors(shop?.brandColor ?? null);
  const brand = `:root{--button:${button};--on-button:${onButton};--accent:${accent}}`;
  return (
    <html lang={voice.language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <meta name="referrer" content="no-referrer" />
        <meta name="format-detection" content="telephone=no" />
        {goesTo && <meta httpEquiv="refresh" content={`0;url=${goesTo}`} />}
        <title>{shop ? `${title} · ${shop.name}` : title}</title>
        <style nonce={nonce} dangerouslySetInnerHTML={{ __html: brand + style }} />
      </head>
      <body data-seen={seenUrl ?? undefined}>
        {shop && <Band shop={shop} />}
        <main>{children}</main>
        <footer>
          {foot}
          {shop && <Support shop={shop} voice={voice} />}
        </footer>
        <script nonce={nonce} dangerouslySetInnerHTML={{ __html: script }} />
      </body>
    </html>
  );
}

/** The whole document as text. */
export function documentOf(frame: ReactElement): string {
  return `<!doctype html>${renderToStaticMarkup(frame)}`;
}

function Band({ shop: { name, logoUrl } }: { shop: PageShop }) {
  return (
    <header className="band">
      <div className="band-inner">{logoUrl ? <img src={logoUrl} alt={name} /> : <bdi>{name}</bdi>}</div>
    </header>
  );
}

function Support({ shop: { name, supportAddress }, voice: { speak } }: { shop: PageShop; voice: Voice }) {
  if (!supportAddress) return <p>{speak("contactShop", { shop: name })}</p>;

  const [before, after] = speak("contactAddress", { address: "\n" }).split("\n");
  return (
    <p>
      {before}
      <a href={`mailto:${supportAddress}`}>{supportAddress}</a>
      {after}
    </p>
  );
}
