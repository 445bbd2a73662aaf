import type { Message } from "../mailbox/message.ts";
import type { FacesContext } from "./context.ts";
import { FaceRefusal, sendPage, type Exchange } from "./exchange.ts";
import { html, type Html, type HtmlValue } from "./html.ts";
import { formatMoment, icon, page } from "./page.ts";

const MOST_SHOWN = 200;

const views = { html: "Message", text: "Plain text", headers: "Headers" } as const;

type View = keyof typeof views;

/** Answers below `/inbox`. @returns false when there is no such page */
export function answerInbox(exchange: Exchange, context: FacesContext): boolean {
  const path = exchange.url.pathname.replace(/\/$/, "");
  const id = /^\/inbox\/messages\/([\w-]+)\.html$/.exec(path)?.[1];
  if (exchange.method !== "GET") return false;
  if (path === "/inbox") sendPage(exchange, inboxPage(exchange, context));
  else if (id) sendMessage(exchange, context, id);
  else return false;
  return true;
}

function inboxPage({ url }: Exchange, { mailbox }: FacesContext): Html {
  const to = url.searchParams.get("to")?.trim() ?? "";
  const all = mailbox.messages();
  const shown = all
    .filter((message) => message.to.some((address) => address.toLowerCase().includes(to.toLowerCase())))
    .slice(0, MOST_SHOWN);
  const wanted = url.searchParams.get("message");
  const open = shown.find((message) => message.id === wanted) ?? null;
  const current = open ?? shown[0] ?? null;

  return page({
    title: current && open ? `${current.subject || "No subject"} – Inbox` : "Inbox",
    face: "inbox",
    style: "inbox.css",
    scripts: ["live.js", "inbox.js"],
    body: html`<main id="content" class="inbox${open ? " has-open" : ""}">
      <h1 class="visually-hidden">Inbox</h1>
      <section class="mail-list" aria-labelledby="inbox-heading">
        <header>
          <h2 id="inbox-heading">Inbox</h2>
          <p class="soft">Every mail that the app sent, to anyone.</p>
          <form class="search" role="search">
            <label
              >${icon("search")}<span class="visually-hidden">Search by address</span
              ><input type="search" name="to" value="${to}" placeholder="Search by address" autocomplete="off"
            /></label>
          </form>
        </header>
        <div data-live="mails">
          ${all.length === 0 ? emptyInbox() : shown.length === 0 ? html`<p class="none">No mail to an address with “${to}”. <a href="/inbox">Show all</a></p>` : mailList(shown, current, to)}
        </div>
      </section>
      <section class="mail" aria-label="Message">${current ? mail(current, viewOf(url, current), to) : ""}</section>
    </main>`,
  });
}

function mailList(messages: Message[], current: Message | null, to: string): Html {
  return html`<ul class="mails">
    ${messages.map(
      (message) =>
        html`<li>
          <a href="${addressOf(message, to)}" ${message.id === current?.id ? html` aria-current="true"` : ""}
            ><span class="mail-from">${nameOf(message.from)}</span
            ><time class="soft" datetime="${message.receivedAt}">${shortMoment(message.receivedAt)}</time>
            <span class="mail-subject">${message.subject || "No subject"}</span
            ><span class="mail-to soft">to ${message.to.join(", ")}</span></a
          >
        </li>`,
    )}
  </ul>`;
}

function mail(message: Message, view: View, to: string): Html {
  return html`<a class="back" href="/inbox${to ? `?to=${encodeURIComponent(to)}` : ""}">${icon("chevron-left")}Inbox</a>
    <header>
      <h2>${message.subject || "No subject"}</h2>
      <dl>
        <div>
          <dt>From</dt>
          <dd>${message.from}</dd>
        </div>
        <div>
          <dt>To</dt>
          <dd>${message.to.join(", ")}</dd>
        </div>
        <div>
          <dt>Received</dt>
          <dd>${formatMoment(message.receivedAt)}</dd>
        </div>
      </dl>
      <nav class="tabs" aria-label="View">
        ${(Object.entries(views) as [View, string][]).map(([name, label]) =>
          name === "html" && !message.html
            ? ""
            : html`<a href="${addressOf(message, to)}&view=${name}" ${name === view ? html` aria-current="true"` : ""}
                >${label}</a
              >`,
        )}
      </nav>
    </header>
    ${contentOf(message, view)}`;
}

function contentOf(message: Message, view: View): HtmlValue {
  if (view === "headers") {
    return html`<dl class="headers" tabindex="0" aria-label="Headers">
      ${Object.entries(message.headers).map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>`;
  }
  if (view === "text") {
    return html`<pre class="plain-text" tabindex="0" aria-label="Plain text">
${message.text ? linked(message.text) : "This mail has no plain text."}</pre>`;
  }
  return html`<iframe
    class="mail-frame"
    title="Message"
    src="/inbox/messages/${message.id}.html"
    sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
  ></iframe>`;
}

function emptyInbox(): Html {
  return html`<div class="empty">
    ${icon("email")}
    <h3>No mail yet</h3>
    <p>Buy something with any email address: what the app sends to it lands here.</p>
    <a href="/storefront">Go to the shop</a>
  </div>`;
}

function sendMessage({ response }: Exchange, { mailbox }: FacesContext, id: string) {
  const message = mailbox.messages().find((candidate) => candidate.id === id);
  if (!message) throw new FaceRefusal(404, "There is no such mail.");
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; img-src data: http://127.0.0.1:* http://localhost:*",
  });
  response.end(`<!doctype html><base target="_blank">${message.html}`);
}

/** Links in plain text, as mail programs show them. */
function linked(text: string): Html {
  const parts = text.split(/(https?:\/\/[^\s<>"]+)/);
  return html`${parts.map((part, index) => (index % 2 === 1 ? html`<a href="${part}" target="_blank" rel="noopener">${part}</a>` : part))}`;
}

function viewOf(url: URL, message: Message): View {
  const wanted = url.searchParams.get("view");
  if (wanted === "text" || wanted === "headers") return wanted;
  return message.html ? "html" : "text";
}

function addressOf(message: Message, to: string): string {
  return `/inbox?${new URLSearchParams({ ...(to && { to }), message: message.id })}`;
}

/** `"Sound Shop" <mail@example.com>` → `Sound Shop` */
function nameOf(from: string): string {
  return /^"?([^"<]+?)"?\s*</.exec(from)?.[1] ?? from;
}

function shortMoment(at: string): string {
  const moment = new Date(at);
  const isToday = moment.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat("en", isToday ? { timeStyle: "short" } : { month: "short", day: "numeric" }).format(
    moment,
  );
}
