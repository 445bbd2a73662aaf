import { redirect, type LoaderFunctionArgs } from "@remix-run/node";

/** Shopify opens the app at its root, with the shop and its proof in the query. */
export function loader({ request }: LoaderFunctionArgs) {
  return redirect(`/app${new URL(request.url).search}`);
}
