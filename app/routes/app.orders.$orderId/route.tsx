import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Badge, BlockStack, Layout, Page } from "@shopify/polaris";
import { z } from "zod";
import { extendGrant, type ExtendRefusal } from "~/domain/grant/extend-grant.server";
import { resetGrant, type ResetRefusal } from "~/domain/grant/reset-grant.server";
import { restoreGrant, type RestoreRefusal } from "~/domain/grant/restore-grant.server";
import { revokeGrant, type RevokeRefusal } from "~/domain/grant/revoke-grant.server";
import { revealKey } from "~/domain/license/reveal-key.server";
import { findOrder } from "~/domain/order/find-order.server";
import { releaseOrder, type ReleaseRefusal } from "~/domain/order/release-order.server";
import { readForm } from "~/http/form";
import { requireShop } from "~/http/require-shop.server";
import { notFound, uuidParam } from "~/http/uuid-param";
import type { ActionAnswer } from "~/ui/action-answer";
import { auditLine } from "~/ui/audit-line";
import { paymentText } from "~/ui/grant-state";
import { HistoryCard } from "~/ui/history-card";
import { Moment } from "~/ui/moment";
import { NotFound } from "~/ui/not-found";
import { useFileAnswer } from "~/ui/use-file-answer";
import { CustomerCard } from "./customer-card";
import { LineCard } from "./line-card";
import { OrderBanners } from "./order-banners";
import { WhyCard } from "./why-card";

const grantId = z.uuid();
const count = (max: number) =>
  z
    .string()
    .regex(/^\d{0,9}$/, "Enter a whole number")
    .transform(Number)
    .pipe(z.number().max(max, `Enter at most ${max.toLocaleString("en")}`));

const GrantForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.enum(["revoke", "restore", "reset", "reveal"]), grantId }),
  z.object({ intent: z.literal("release") }),
  z.object({
    intent: z.literal("extend"),
    grantId,
    days: count(3_650),
    downloads: count(10_000),
    seenExpiresAt: z
      .literal("")
      .transform(() => null)
      .or(z.iso.datetime().transform((text) => new Date(text))),
    seenDownloadLimit: z
      .literal("")
      .transform(() => null)
      .or(
        z
          .string()
          .regex(/^\d{1,9}$/)
          .transform(Number),
      ),
  }),
]);

type Refusal = RevokeRefusal | RestoreRefusal | ResetRefusal | ExtendRefusal | ReleaseRefusal | "no_key";

const refusalText: Record<Refusal, string> = {
  unknown_order: "This order is not there any more.",
  not_held: "Nothing of this order is held back any more.",
  unknown_grant: "This is no longer part of the order.",
  already_revoked: "It was revoked already.",
  not_revoked: "It is not revoked any more.",
  order_does_not_cover:
    "The order does not pay for this: it is unpaid, cancelled or refunded, or the customer has all of it already.",
  nothing_counted: "No download was counted since the last reset.",
  revoked: "It is revoked. Restore it first.",
  changed_meanwhile: "It was changed meanwhile. Look at it again before extending it.",
  nothing_to_extend: "Enter how many days or downloads to add.",
  no_key: "There is no key here any more.",
};

export const meta = () => [{ title: "Order – Featherpost" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const order = await findOrder(shop.id, uuidParam(params, "orderId"));
  if (!order) throw notFound();

  const history = order.history.map(({ action, data, ...entry }) => {
    return { ...entry, sentence: auditLine({ action, data, order }).sentence };
  });
  return json({ ...order, history });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const orderId = uuidParam(params, "orderId");
  const form = await readForm(request, GrantForm);
  if (!form.ok) return answer({ kind: "refused", message: "Check what you entered.", errors: form.errors }, 422);

  const { fields } = form;
  const now = new Date();
  if (fields.intent === "release") {
    return answerOf(await releaseOrder({ shopId: shop.id, orderId, actor: shop.actor, now }), "Released");
  }
  const target = { shopId: shop.id, grantId: fields.grantId, actor: shop.actor };
  switch (fields.intent) {
    case "revoke":
      return answerOf(await revokeGrant({ ...target, now }), "Revoked");
    case "restore":
      return answerOf(await restoreGrant(target), "Restored");
    case "reset":
      return answerOf(await resetGrant(target), "Download count reset");
    case "extend": {
      const { days, downloads, seenExpiresAt: expiresAt, seenDownloadLimit: downloadLimit } = fields;
      const seen = { expiresAt, downloadLimit };
      return answerOf(await extendGrant({ ...target, days, downloads, seen, now }), "Extended");
    }
    case "reveal": {
      const result = await revealKey(target);
      return result.kind === "revealed" ? answer({ kind: "key", text: result.key }) : answerOf(result, "");
    }
  }
}

function answerOf(result: { kind: string; reason?: Refusal }, message: string) {
  if (!result.reason) return answer({ kind: "done", message });
  return answer(
    { kind: "refused", message: refusalText[result.reason], errors: {} },
    result.reason === "unknown_grant" || result.reason === "unknown_order" ? 404 : 409,
  );
}

function answer(body: ActionAnswer, status = 200) {
  return json<ActionAnswer>(body, status);
}

export default function OrderPage() {
  const order = useLoaderData<typeof loader>();
  const evidence = useFileAnswer();
  const exportAs = (format: "pdf" | "json") =>
    evidence.save(`/app/orders/${order.id}/evidence.${format}`, `evidence-${order.name.replace(/\W/g, "")}.${format}`);
  const isHeld = order.lines.some((line) => line.grants.some(({ state }) => state === "held"));
  const isTaken =
    order.cancelledAt !== null || order.financialStatus === "refunded" || order.financialStatus === "voided";

  return (
    <Page
      title={order.name}
      titleMetadata={<Badge tone={isTaken ? "critical" : undefined}>{paymentText(order)}</Badge>}
      backAction={{ content: "Orders", url: "/app/orders" }}
      actionGroups={[
        {
          title: "Export evidence",
          actions: [
            { content: "As PDF", onAction: () => exportAs("pdf"), disabled: evidence.isLoading },
            { content: "As JSON", onAction: () => exportAs("json"), disabled: evidence.isLoading },
          ],
        },
      ]}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <OrderBanners {...order} isHeld={isHeld} onExport={() => exportAs("pdf")} />
            {order.lines.map((line) => (
              <LineCard key={line.id} line={line} />
            ))}
            <WhyCard orderId={order.id} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            <CustomerCard email={order.email}>
              Placed <Moment at={order.processedAt} />
            </CustomerCard>
            <HistoryCard history={order.history} />
          </BlockStack>
        </Layout.Section>
      </Layout>
    </Page>
  );
}

export function ErrorBoundary() {
  return (
    <NotFound
      title="No such order"
      text="It may have been erased, or it never gave anything."
      back={{ content: "Orders", url: "/app/orders" }}
    />
  );
}
