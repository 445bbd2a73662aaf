import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Card, EmptyState, Page } from "@shopify/polaris";
import { listLicenses } from "~/domain/license/list-licenses.server";
import { formFields } from "~/http/form";
import { requireShop } from "~/http/require-shop.server";
import { LicensesTable } from "./licenses-table";

const MAX_SEARCH = 255;

export const meta = () => [{ title: "Licenses – Featherpost" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const query = new URL(request.url).searchParams;
  const cursor = query.get("cursor") ?? undefined;

  return json(await listLicenses({ shopId: shop.id, cursor, now: new Date() }));
}

/** A search comes by POST: a key must not stand in an address. */
export async function action({ request }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const { q = "", cursor = "" } = await formFields(request);
  const search = String(q).slice(0, MAX_SEARCH);

  return json(await listLicenses({ shopId: shop.id, search, cursor: String(cursor), now: new Date() }));
}

export default function LicensesPage() {
  const page = useLoaderData<typeof loader>();
  const isEmpty = page.licenses.length === 0 && page.previous === null;

  return (
    <Page
      title="Licenses"
      subtitle="The keys that customers have, newest first, and the machines they are used on."
      secondaryActions={[{ content: "Licensing calls", url: "/app/licenses/calls" }]}
    >
      {isEmpty ? (
        <Card>
          <EmptyState heading="No license yet" image="" action={{ content: "See license keys", url: "/app/pools" }}>
            <p>As soon as an order gives a key, its license shows up here.</p>
          </EmptyState>
        </Card>
      ) : (
        <LicensesTable page={page} />
      )}
    </Page>
  );
}
