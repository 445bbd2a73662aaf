import type {
  AdminMessage,
  AppMessage,
  FromAdmin,
  FromApp,
  PickerRequest,
  QuestionName,
  TitleBarState,
} from "../../app-bridge/messages.ts";
import { confirmLeaving } from "./dialogs.ts";
import { markCurrentLink, showAppLinks } from "./navigation.ts";
import { pickResources } from "./picker.ts";
import { createSaveBar } from "./save-bar.ts";
import { element, type Settings } from "./settings.ts";
import { hideToast, showToast } from "./toasts.ts";

/** How long a page may take before the loading bar gives up on it. */
const LOADING_MS = 15_000;

/** The admin's half of App Bridge: hears the app in its frame, shows what it tells, answers what it asks. */
export function startBridge(frame: HTMLIFrameElement, settings: Settings) {
  const post = (message: AdminMessage) => frame.contentWindow?.postMessage(message, settings.appUrl);
  const tell = (message: FromAdmin) => post({ bridge: 1, tell: message });
  const saveBar = createSaveBar((button) => tell({ type: "saveBarButton", button }));
  const loading = createLoadingBar();
  loading.show(true);
  frame.addEventListener("load", () => loading.show(false));
  markCurrentLink(location.pathname.slice(settings.appHome.length) || "/app");

  window.addEventListener("message", (event: MessageEvent<AppMessage | undefined>) => {
    if (event.source !== frame.contentWindow || event.data?.bridge !== 1) return;
    const message = event.data;
    if ("tell" in message) {
      hear(message.tell);
      return;
    }
    answer(message.ask, message.question).then(
      (given) => post({ bridge: 1, questionId: message.questionId, answer: given }),
      (error: unknown) => post({ bridge: 1, questionId: message.questionId, error: String(error) }),
    );
  });

  element(".sidebar").addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a") : null;
    if (!link || event.metaKey || event.ctrlKey) return;
    const path = link.dataset.appPath;
    if (path === undefined && !saveBar.isShown()) return;
    event.preventDefault();
    void leaveFor(() => {
      if (path === undefined) location.assign(link.href);
      else goTo(path);
    });
  });

  element("#app-actions").addEventListener("click", (event) => pressTitleButton(event, tell));
  element("#app-breadcrumb").addEventListener("click", (event) => pressTitleButton(event, tell));

  async function leaveFor(go: () => void) {
    if (saveBar.isShown() && !(await confirmLeaving())) return;
    saveBar.show(null);
    go();
  }

  function goTo(path: string) {
    loading.show(true);
    markCurrentLink(path);
    tell({ type: "navigate", path });
    frame.focus();
  }

  function hear(message: FromApp) {
    switch (message.type) {
      case "location":
        loading.show(false);
        history.replaceState(null, "", settings.appHome + message.path);
        document.title = [message.title, settings.appName, settings.shopName].filter(Boolean).join(" · ");
        markCurrentLink(message.path);
        break;
      case "navigation":
        showAppLinks(settings, message.links);
        markCurrentLink(location.pathname.slice(settings.appHome.length));
        break;
      case "titleBar":
        showTitleBar(settings, message.state);
        break;
      case "saveBar":
        saveBar.show(message.state);
        break;
      case "toast":
        showToast(message.toast, (outcome) => tell({ type: "toastAction", id: message.toast.id, outcome }));
        break;
      case "hideToast":
        hideToast(message.id);
        break;
      case "loading":
        loading.show(message.isLoading);
        break;
      case "leaveTo":
        void leaveFor(() => location.assign(adminAddress(message.href)));
        break;
      case "overlay":
        document.body.classList.toggle("is-covered", message.isOpen);
        break;
    }
  }

  async function answer(name: QuestionName, question: unknown): Promise<unknown> {
    switch (name) {
      case "idToken":
        return (await askStore<{ token: string }>("/admin/id-token", "POST")).token;
      case "scopes":
        return askStore<string[]>("/admin/scopes.json");
      case "resourcePicker":
        return pickResources(question as PickerRequest, settings);
      case "leaveConfirmation":
        return !saveBar.isShown() || confirmLeaving();
    }
  }

  function createLoadingBar() {
    const bar = element("#loading-bar");
    let timer: ReturnType<typeof setTimeout> | undefined;
    return {
      show(isLoading: boolean) {
        clearTimeout(timer);
        bar.hidden = !isLoading;
        if (isLoading) timer = setTimeout(() => (bar.hidden = true), LOADING_MS);
      },
    };
  }
}

async function askStore<Answer>(path: string, method = "GET"): Promise<Answer> {
  const response = await fetch(path, { method });
  if (!response.ok) throw new Error(`The store answered ${response.status} to ${path}.`);
  return (await response.json()) as Answer;
}

function showTitleBar(settings: Settings, state: TitleBarState) {
  element("#app-title").textContent = state?.title || settings.appName;
  const breadcrumb = element<HTMLButtonElement>("#app-breadcrumb");
  breadcrumb.hidden = !state?.breadcrumb;
  breadcrumb.dataset.titleButton = state?.breadcrumb?.id ?? "";
  breadcrumb.setAttribute("aria-label", state?.breadcrumb?.text || "Back");
  element("#app-actions").replaceChildren(
    ...[...(state?.buttons ?? [])]
      .sort((one, other) => Number(one.primary) - Number(other.primary))
      .map((shown) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = `button${shown.primary ? " primary" : ""}${shown.critical ? " critical" : ""}`;
        button.textContent = shown.text;
        button.disabled = shown.disabled || shown.loading;
        button.dataset.titleButton = shown.id;
        return button;
      }),
  );
}

function pressTitleButton(event: Event, tell: (message: FromAdmin) => void) {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-title-button]") : null;
  if (button?.dataset.titleButton) tell({ type: "titleBarButton", id: button.dataset.titleButton });
}

/** `shopify://admin/orders/1` and `https://admin.shopify.com/store/x/orders/1` → `/admin/orders/1` */
function adminAddress(href: string): string {
  const path = href.replace(/^shopify:\/?\/?admin/, "").replace(/^https:\/\/admin\.shopify\.com\/store\/[^/]+/, "");
  return path.startsWith("/") ? `/admin${path}` : href;
}
