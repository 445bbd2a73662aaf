import type { ActionFunctionArgs } from "@remix-run/node";
import { db } from "~/db.server";
import { createShop } from "../factories";
import { answerOf, sessionToken } from "./signed-requests";

export type Merchant = Awaited<ReturnType<typeof createMerchant>>;
export type Route = (args: ActionFunctionArgs) => Promise<Response>;

/** A shop whose merchant is signed in: the token that App Bridge would send. */
export async function createMerchant() {
  const shop = await createShop();
  const session = { shop: shop.domain, state: "", expires: new Date(Date.now() + 3_600_000), scope: "" };
  const person = { isOnline: true, userId: 42n, firstName: "Robin", lastName: "Finch", accessToken: "" };
  await db.session.createMany({
    data: [
      { ...session, id: `offline_${shop.domain}`, accessToken: "shpat_test" },
      { ...session, ...person, id: `${shop.domain}_42` },
    ],
  });
  return { shopId: shop.id, token: sessionToken(shop.domain, { dest: `https://${shop.domain}`, sub: "42" }) };
}

/** Calls a route as the merchant's browser does; `body` is the JSON it answers, and null when that is no JSON. */
export async function visit(
  route: Route,
  { token }: Merchant,
  params: Record<string, string>,
  body?: FormData,
  query = "",
) {
  const response = await visitRaw(route, { token }, params, body, query);
  const isJson = response.headers.get("content-type")?.includes("json");
  return { status: response.status, body: isJson ? await response.json() : null };
}

export function visitRaw(
  route: Route,
  { token }: Pick<Merchant, "token">,
  params: Record<string, string>,
  body?: FormData,
  query = "",
): Promise<Response> {
  const request = new Request(`https://app.example.com/app/page${query}`, {
    method: body ? "POST" : "GET",
    headers: { "User-Agent": "Mozilla/5.0 Chrome/153", Authorization: `Bearer ${token}` },
    body,
  });
  return answerOf(() => route({ request, params, context: {} }));
}

export function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}
