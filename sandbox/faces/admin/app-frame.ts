import type { FacesContext } from "../context.ts";
import type { Exchange } from "../exchange.ts";
import { html, type Html } from "../html.ts";
import { featherSvg, icon } from "../page.ts";
import { adminPage, APP_HOME } from "./shell.ts";

/** The app in its frame. The address after the app's handle is the app's own, so that a reload stays where it was. */
export function appFrame(exchange: Exchange, context: FacesContext): Html {
  const { store } = context;
  const path = exchange.url.pathname.slice(APP_HOME.length) || "/app";

  return adminPage(exchange, context, {
    title: store.app.name,
    current: "app",
    main: html`<main class="main app-main" id="content" tabindex="-1">
      <div class="app-bar" id="app-bar">
        <button class="icon-button" type="button" id="app-breadcrumb" hidden>${icon("arrow-left")}</button>
        <h1><span class="app-icon">${featherSvg("#fff")}</span><span id="app-title">${store.app.name}</span></h1>
        <div class="app-actions" id="app-actions"></div>
      </div>
      <iframe
        id="app-frame"
        name="app-iframe"
        title="${store.app.name}"
        src="${store.appAddress(path + exchange.url.search)}"
        allow="clipboard-read; clipboard-write"
      ></iframe>
    </main>`,
  });
}
