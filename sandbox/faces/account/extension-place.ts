import type { ExtensionBundle, FacesContext, Messages } from "../context.ts";
import type { ExtensionSetup } from "../extension-host/messages.ts";
import { html, jsonScript, type Html } from "../html.ts";
import type { Language } from "../visitor.ts";

type PlaceInput = {
  target: string;
  language: Language;
  /** where a guest signs in, to come back */
  signInUrl: string;
  signals: Record<string, unknown>;
};

/** Where the extensions for a target draw. Which there are, the built bundles say. */
export function extensionPlace(context: FacesContext, { target, language, signInUrl, signals }: PlaceInput): Html {
  const found = Object.entries(context.extensionBundles).filter(([, bundle]) =>
    bundle.targets.some((one) => one.target === target),
  );
  if (found.length === 0) {
    return html`<p class="extension-failure" role="alert">No extension is built for ${target}.</p>`;
  }
  return html`${found.map(([handle, bundle], index) => {
    const id = `extension-${index}`;
    const shop = context.store.shop();
    const extensionLanguage = nearestLanguage(bundle, language);
    const setup: ExtensionSetup = {
      handle,
      target,
      bundleUrl: `/account/extensions/${handle}.js`,
      apiVersion: context.store.app.apiVersion,
      language,
      extensionLanguage,
      messages: withFallback(bundle.locales[defaultLanguage(bundle)] ?? {}, bundle.locales[extensionLanguage] ?? {}),
      signals: { settings: bundle.settings ?? {}, ...signals },
      values: {
        shop: {
          id: shop.id,
          name: shop.name,
          myshopifyDomain: shop.domain,
          storefrontUrl: `${context.homeUrl}/storefront`,
        },
      },
      hasNavigation: target.startsWith("customer-account."),
      signInUrl,
    };
    return html`<div class="extension" data-extension="${id}"></div>
      ${jsonScript(id, setup)}`;
  })}`;
}

function defaultLanguage({ defaultLocale, locales }: ExtensionBundle): string {
  return defaultLocale ?? ("en" in locales ? "en" : (Object.keys(locales)[0] ?? "en"));
}

function nearestLanguage(bundle: ExtensionBundle, language: string): string {
  if (language in bundle.locales) return language;
  const base = language.split("-")[0] ?? language;
  return Object.keys(bundle.locales).find((locale) => locale.split("-")[0] === base) ?? defaultLanguage(bundle);
}

/** A text that a language lacks is the default language's. */
function withFallback(fallback: Messages, own: Messages): Messages {
  const merged: Messages = { ...fallback };
  for (const [key, value] of Object.entries(own)) {
    const other = merged[key];
    merged[key] =
      typeof value === "object" && typeof other === "object" && !("other" in value)
        ? withFallback(other, value)
        : value;
  }
  return merged;
}
