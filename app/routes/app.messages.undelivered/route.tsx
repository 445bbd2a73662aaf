import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Card, EmptyState, Page } from "@shopify/polaris";
import { z } from "zod";
import { listUndelivered } from "~/domain/delivery/list-undelivered.server";
import { sendAgain, type SendAgainRefusal } from "~/domain/delivery/send-again.server";
import { readForm } from "~/http/form";
import { requireShop } from "~/http/require-shop.server";
import { UndeliveredTable, type SendAgainAnswer } from "./undelivered-table";

const MAX_AT_ONCE = 100;

/** Ids are joined by commas. */
const SendAgainForm = z.object({
  orderIds: z
    .string()
    .transform((text) => text.split(",").filter(Boolean))
    .pipe(z.array(z.uuid()).min(1).max(MAX_AT_ONCE)),
});

export const meta = () => [{ title: "Could not be told – Featherpost" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const cursor = new URL(request.url).searchParams.get("cursor") ?? undefined;

  return json({ ...(await listUndelivered({ shopId: shop.id, cursor, now: new Date() })), isFirst: !cursor });
}

const refusalText: Record<SendAgainRefusal, string> = {
  unknown_order: "no longer exists",
  no_address: "has no email address; add one in Shopify first",
  nothing_given: "has nothing left to tell of",
  under_way: "is being written to already",
};

export async function action({ request }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const form = await readForm(request, SendAgainForm);
  if (!form.ok) return json<SendAgainAnswer>({ queued: 0, refused: [`Choose 1 to ${MAX_AT_ONCE} orders.`] }, 422);

  let queued = 0;
  const refusals = new Map<SendAgainRefusal, number>();
  for (const orderId of form.fields.orderIds) {
    const result = await sendAgain({ shopId: shop.id, orderId, actor: shop.actor, now: new Date() });
    if (result.kind === "queued") queued += 1;
    else refusals.set(result.reason, (refusals.get(result.reason) ?? 0) + 1);
  }
  const refused = [...refusals].map(([reason, count]) => {
    return `${count === 1 ? "1 order" : `${count} orders, each`} ${refusalText[reason]}.`;
  });
  return json<SendAgainAnswer>({ queued, refused });
}

export default function UndeliveredPage() {
  const { orders, next, isFirst } = useLoaderData<typeof loader>();

  return (
    <Page
      title="Could not be told"
      subtitle="Orders of the last 60 days whose customers do not know yet how to get what they bought."
      backAction={{ content: "Messages", url: "/app/messages" }}
    >
      {orders.length === 0 && isFirst ? (
        <Card>
          <EmptyState heading="Every customer was told" image="">
            <p>An order shows up here when its message came back, could not be sent for a day, or has no address.</p>
          </EmptyState>
        </Card>
      ) : (
        <UndeliveredTable orders={orders} next={next} isFirst={isFirst} />
      )}
    </Page>
  );
}
