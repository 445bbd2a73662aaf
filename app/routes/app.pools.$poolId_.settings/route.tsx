import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { z } from "zod";
import { changePool, type ChangePoolRefusal } from "~/domain/pool/change-pool.server";
import { changeRule, type ChangeRuleRefusal } from "~/domain/pool/change-rule.server";
import { findPool } from "~/domain/pool/find-pool.server";
import { KeyRule } from "~/domain/pool/key-rule";
import { changeStock } from "~/domain/pool/change-stock.server";
import { PoolSettingsForm, PoolStockForm } from "~/domain/pool/pool-form";
import { readForm } from "~/http/form";
import { requireShop } from "~/http/require-shop.server";
import { notFound, uuidParam } from "~/http/uuid-param";
import { NotFound } from "~/ui/not-found";
import { fieldValuesOf, type SaveAnswer } from "./pool-fields";
import { PoolForm } from "./pool-form";
import { RuleCard } from "./rule-card";
import { StockCard } from "./stock-card";

const asJson = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue("This rule cannot be read");
    return z.NEVER;
  }
});

const SettingsAction = z.discriminatedUnion("intent", [
  PoolSettingsForm.extend({ intent: z.literal("settings") }),
  PoolStockForm.safeExtend({ intent: z.literal("stock") }),
  z.object({
    intent: z.literal("rule"),
    rule: z.union([z.literal("").transform(() => null), asJson.pipe(KeyRule)]),
    generatesOnDemand: z.enum(["yes", "no"]).transform((answer) => answer === "yes"),
  }),
]);

export const meta = () => [{ title: "License keys – Featherpost" }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const pool = await findPool(shop.id, uuidParam(params, "poolId"));
  if (!pool) throw notFound();

  return json({ pool });
}

const changeRefusals: Record<ChangePoolRefusal, string> = {
  unknown_pool: "This pool no longer exists.",
  name_taken: "Another pool has this name already",
};

const ruleRefusals: Record<ChangeRuleRefusal, string> = {
  unknown_pool: "This pool no longer exists.",
  no_rule: "Say how keys are made before orders may ask for them.",
  too_small:
    "Too few keys are possible to make them on demand: there must be room for a million more. Use more or longer blocks.",
};

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const target = { shopId: shop.id, poolId: uuidParam(params, "poolId"), actor: shop.actor };
  const form = await readForm(request, SettingsAction);
  if (!form.ok) return answer({ saved: null, errors: form.errors }, 422);

  const { fields } = form;
  if (fields.intent === "settings") {
    const { intent: _, ...settings } = fields;
    const result = await changePool({ ...target, settings });
    if (result.kind === "changed") return answer({ saved: "Pool saved", errors: {} });
    return answer({ saved: null, errors: { name: [changeRefusals[result.reason]] } }, 409);
  }
  if (fields.intent === "stock") {
    const { intent: _, ...stock } = fields;
    const result = await changeStock({ ...target, stock });
    if (result.kind === "refused") throw notFound();
    return answer({ saved: "Saved", errors: {} });
  }
  const { rule, generatesOnDemand } = fields;
  const result = await changeRule({ ...target, rule, generatesOnDemand, now: new Date() });
  if (result.kind === "refused") return answer({ saved: null, errors: { rule: [ruleRefusals[result.reason]] } }, 409);
  return answer({ saved: "Rule saved", errors: {} });
}

function answer(body: SaveAnswer, status = 200) {
  return json<SaveAnswer>(body, status);
}

export default function PoolSettingsPage() {
  const { pool } = useLoaderData<typeof loader>();

  return (
    <Page
      title="Settings"
      subtitle={pool.name}
      narrowWidth
      backAction={{ content: pool.name, url: `/app/pools/${pool.id}` }}
    >
      <BlockStack gap="400" key={pool.id}>
        <PoolForm saved={fieldValuesOf(pool)} />
        <StockCard saved={pool} />
        <RuleCard rule={pool.rule} generatesOnDemand={pool.generatesOnDemand} />
      </BlockStack>
    </Page>
  );
}

export function ErrorBoundary() {
  return (
    <NotFound
      title="No such pool"
      text="It may have been deleted."
      back={{ content: "License keys", url: "/app/pools" }}
    />
  );
}
