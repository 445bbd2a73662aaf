import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Card, Page } from "@shopify/polaris";
import { digitsOf } from "~/domain/attachment/product-id";
import { endRun } from "~/domain/bulk-run/end-run.server";
import { findRun } from "~/domain/bulk-run/find-run.server";
import { requireShop } from "~/http/require-shop.server";
import { notFound, uuidParam } from "~/http/uuid-param";
import { NotFound } from "~/ui/not-found";
import { DryRunResult } from "~/ui/runs/dry-run-result";
import { PastRunResult } from "~/ui/runs/past-run-result";
import { useRun } from "~/ui/runs/use-run";

export const meta = () => [{ title: "Past orders – Featherpost" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const run = await findRun(shop.id, uuidParam(params, "runId"));
  if (!run) throw notFound();

  return json({ run });
}

/** Stops it; what it gave so far stays given. */
export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const runId = uuidParam(params, "runId");
  await endRun({ shopId: shop.id, runId, as: "cancelled", actor: shop.actor, now: new Date() });

  return json({});
}

export default function Run() {
  const { run: known } = useLoaderData<typeof loader>();
  const run = useRun(known.id, known) ?? known;
  const isDry = run.kind === "dry_run";

  return (
    <Page
      title={isDry ? "What would have changed" : `Also given to past orders of ${run.input.productTitle}`}
      backAction={
        isDry
          ? { content: "Settings", url: "/app/settings" }
          : { content: "Product", url: `/app/products/${digitsOf(run.input.productId)}` }
      }
      narrowWidth
    >
      <Card>{isDry ? <DryRunResult run={run} /> : <PastRunResult run={run} />}</Card>
    </Page>
  );
}

export function ErrorBoundary() {
  return (
    <NotFound title="Not found" text="There is no such run." back={{ content: "Settings", url: "/app/settings" }} />
  );
}
