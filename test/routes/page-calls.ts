import { JSDOM } from "jsdom";
import { loader as pageLoader } from "~/routes/d.$token";
import { action as downloadAction } from "~/routes/d.$token_.$grantId";
import { loader as streamLoader } from "~/routes/d.$token_.$grantId_.stream";
import { action as revealAction } from "~/routes/d.$token_.$grantId_.reveal";
import { action as machineAction } from "~/routes/d.$token_.machines.$activationId";
import { action as freshAction } from "~/routes/d.$token_.fresh";
import { action as seenAction } from "~/routes/d.$token_.seen";

type Call = {
  form?: Record<string, string>;
  token: string;
  grantId?: string;
  activationId?: string;
  method?: string;
  headers?: Record<string, string>;
  query?: string;
};

const routes = {
  page: [pageLoader, ""],
  download: [downloadAction, ""],
  stream: [streamLoader, "/stream"],
  reveal: [revealAction, "/reveal"],
  machine: [machineAction, ""],
  fresh: [freshAction, "/fresh"],
  seen: [seenAction, "/seen"],
} as const;

/** Calls a route of /d/:token as a browser does, and reads its answer. */
export async function call(
  name: keyof typeof routes,
  { token, grantId, activationId, form, query = "", ...call }: Call,
) {
  const [route, ending] = routes[name];
  const isRead = name === "page" || name === "stream";
  const headers = new Headers({
    "User-Agent": "Test Browser",
    "X-Forwarded-For": "192.0.2.7",
    ...(isRead ? {} : { Origin: "null" }),
    ...call.headers,
  });
  const url = `https://app.example.com/d/${encodeURIComponent(token)}${grantId ? `/${grantId}` : ""}${ending}${query}`;
  const body = form && new URLSearchParams(form);
  const request = new Request(url, { method: call.method ?? (isRead ? "GET" : "POST"), headers, body });
  const answer = await route({ request, params: { token, grantId, activationId }, context: {} });
  return { status: answer.status, headers: answer.headers, body: await answer.text() };
}

/** Opens the page and reads what stands on it. */
export async function readPage(token: string, more: Partial<Call> = {}) {
  const answer = await call("page", { token, ...more });
  const { document } = new JSDOM(answer.body).window;
  for (const unread of document.querySelectorAll("style, script")) unread.remove();
  return { ...answer, document, text: document.body.textContent.replaceAll(/\s+/g, " ") };
}
