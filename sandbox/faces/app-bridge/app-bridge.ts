// Stands in for https://cdn.shopify.com/shopifycloud/app-bridge.js: what an app built on @shopify/app-bridge-react 4
// and shopify-app-remix needs of it. The admin around the frame does the rest.
import { addTokensToFetch } from "./fetch.ts";
import { ask, tell } from "./channel.ts";
import { defineModal } from "./modal.ts";
import { mirrorLocation } from "./location.ts";
import { defineNavigation } from "./navigation.ts";
import { defineSaveBar, saveBar } from "./save-bar.ts";
import { defineTitleBar } from "./title-bar.ts";
import { pick } from "./picker.ts";
import { toast } from "./toast.ts";

const query = new URLSearchParams(location.search);
const apiKey =
  (document.currentScript as HTMLScriptElement | null)?.dataset.apiKey ??
  document.querySelector<HTMLMetaElement>("meta[name=shopify-api-key]")?.content ??
  "";

const idToken = () => ask("idToken", null);

const bridge = {
  config: {
    apiKey,
    shop: remembered("shop"),
    host: remembered("host"),
    locale: remembered("locale") || "en",
    disabledFeatures: [],
    experimentalFeatures: [],
    appOrigins: [],
  },
  origin: location.origin,
  ready: Promise.resolve(),
  environment: { embedded: window.parent !== window, mobile: false, pos: false, intent: false },
  setSignals() {},
  idToken,
  toast,
  loading: (isLoading = true) => tell({ type: "loading", isLoading }),
  resourcePicker: pick,
  saveBar,
  modal: {
    show: async (id: string) => modalById(id).show(),
    hide: async (id: string) => modalById(id).hide(),
    toggle: async (id: string) => modalById(id).toggle(),
  },
  user: async () => ({ accountAccess: "STAFF_ACCOUNT_ACCESS" }),
  scopes: {
    query: async () => {
      const granted = await ask("scopes", null);
      return { granted, required: granted, optional: [] };
    },
    request: async () => ({ result: "granted-all", detail: await bridge.scopes.query() }),
    revoke: async () => ({ detail: await bridge.scopes.query() }),
  },
  webVitals: { onReport: async () => {} },
};

Object.assign(window, { shopify: bridge });
addTokensToFetch(idToken);
defineNavigation();
defineTitleBar();
defineSaveBar();
defineModal();
mirrorLocation();

const reload = query.get("shopify-reload");
if (reload) void comeBackWithToken(reload);

/** The bounce page: the app asked to be loaded again with a token in its address. */
async function comeBackWithToken(address: string) {
  const url = new URL(address, location.href);
  url.searchParams.set("id_token", await idToken());
  if (url.origin === location.origin) location.replace(url);
}

/** Shopify's parameters are only in the first address of a visit. */
function remembered(name: string): string {
  const given = query.get(name);
  try {
    if (given !== null) sessionStorage.setItem(`app-bridge:${name}`, given);
    return given ?? sessionStorage.getItem(`app-bridge:${name}`) ?? "";
  } catch {
    return given ?? "";
  }
}

function modalById(id: string) {
  const modal = document.getElementById(id);
  if (!modal || !("toggle" in modal)) throw new Error(`There is no ui-modal with the id "${id}".`);
  return modal as unknown as { show(): Promise<void>; hide(): Promise<void>; toggle(): Promise<void> };
}
