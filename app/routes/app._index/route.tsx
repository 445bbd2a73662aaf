import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Layout, Page } from "@shopify/polaris";
import { z } from "zod";
import { retryFulfillment } from "~/domain/fulfillment/retry-fulfillment.server";
import { listPools } from "~/domain/pool/list-pools.server";
import { countWeek } from "~/domain/shop/count-week.server";
import { dismissGuide } from "~/domain/shop/dismiss-guide.server";
import { findSetupFacts } from "~/domain/shop/find-setup-facts.server";
import { listActivity } from "~/domain/shop/list-activity.server";
import { listConcerns } from "~/domain/shop/list-concerns.server";
import { setupGuide } from "~/domain/shop/setup-guide";
import { discardRejected } from "~/domain/webhook/discard-rejected.server";
import { readForm } from "~/http/form";
import { requireShop } from "~/http/require-shop.server";
import { actorText } from "~/ui/actor-text";
import { auditLine } from "~/ui/audit-line";
import { ActivityCard } from "./activity-card";
import { ConcernsCard } from "./concerns-card";
import { PoolsCard } from "./pools-card";
import { SetupGuideCard } from "./setup-guide-card";
import { timeAgo } from "./time-ago";
import { WeekNumbers } from "./week-numbers";

const ACTIVITY_SHOWN = 15;
const POOLS_SHOWN = 6;

const HomeForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("dismiss_guide") }),
  z.object({ intent: z.literal("retry_fulfillment") }),
  z.object({ intent: z.literal("discard_webhook"), id: z.string() }),
]);

export const meta = () => [{ title: "Home – Featherpost" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const now = new Date();
  const [facts, week, concerns, pools, activity] = await Promise.all([
    findSetupFacts(shop.id),
    countWeek(shop.id, now),
    listConcerns(shop, now),
    listPools(shop.id),
    listActivity(shop.id, ACTIVITY_SHOWN),
  ]);
  const lowestFirst = pools.toSorted((a, b) => Number(b.isLow) - Number(a.isLow) || a.available - b.available);

  return json({
    guide: shop.guideDismissedAt ? null : setupGuide(facts),
    week,
    concerns: {
      starvedPools: concerns.starvedPools,
      lowPools: concerns.lowPools,
      unsetInventory: concerns.unsetInventory,
      undelivered: concerns.undelivered,
      held: concerns.held,
      disputed: concerns.disputed,
      unfulfilled: concerns.unfulfilled,
      guessing: concerns.guessing,
      sweepProblem: concerns.sweepProblem,
      stuckOrders: concerns.stuckOrders,
      rejected: concerns.rejected.map((webhook) => ({ ...webhook, ago: timeAgo(webhook.receivedAt, now) })),
      privacy: concerns.privacy.map((request) => ({ ...request, ago: timeAgo(request.receivedAt, now) })),
    },
    pools: lowestFirst.slice(0, POOLS_SHOWN).map(({ id, name, available, isLow, daysLeft }) => {
      return { id, name, available, isLow, daysLeft };
    }),
    activity: activity.map((entry) => {
      const { id, actor, actorName } = entry;
      const by = actorName && actorText(actor, actorName);
      return { id, at: entry.at.toISOString(), ago: timeAgo(entry.at, now), by, ...auditLine(entry) };
    }),
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const form = await readForm(request, HomeForm);
  if (!form.ok) return json({ errors: form.errors }, 422);

  if (form.fields.intent === "dismiss_guide") await dismissGuide(shop.id, new Date());
  else if (form.fields.intent === "retry_fulfillment") await retryFulfillment(shop.id);
  else await discardRejected(shop.domain, form.fields.id);
  return json({ errors: {} });
}

export default function Home() {
  const { guide, week, concerns, pools, activity } = useLoaderData<typeof loader>();

  return (
    <Page title="Home">
      <BlockStack gap="400">
        {guide && <SetupGuideCard guide={guide} />}
        <WeekNumbers week={week} />
        <ConcernsCard concerns={concerns} />
        <Layout>
          <Layout.Section>
            <ActivityCard activity={activity} />
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <PoolsCard pools={pools} />
          </Layout.Section>
        </Layout>
      </BlockStack>
    </Page>
  );
}
