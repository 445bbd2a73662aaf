import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Link, Page, Text } from "@shopify/polaris";
import { useState } from "react";
import { z } from "zod";
import { createToken } from "~/domain/token/create-token.server";
import { listTokens } from "~/domain/token/list-tokens.server";
import { revokeToken } from "~/domain/token/revoke-token.server";
import { TokenForm } from "~/domain/token/token-form";
import { env } from "~/env.server";
import { readForm } from "~/http/form";
import { requireShop } from "~/http/require-shop.server";
import { CreateTokenModal } from "./create-token-modal";
import { ExampleCall } from "./example-call";
import { NoTokens } from "./no-tokens";
import type { TokensAnswer } from "./tokens-answer";
import { TokensTable } from "./tokens-table";

const Form = z.discriminatedUnion("intent", [
  TokenForm.extend({ intent: z.literal("create") }),
  z.object({ intent: z.literal("revoke"), tokenId: z.uuid() }),
]);

export const meta = () => [{ title: "API tokens – Featherpost" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await requireShop(request);

  return json({ tokens: await listTokens(shop.id), appUrl: new URL(env.SHOPIFY_APP_URL).origin });
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const form = await readForm(request, Form);
  if (!form.ok) return json<TokensAnswer>({ kind: "refused", errors: form.errors }, 422);

  if (form.fields.intent === "create") {
    const { name, scopes } = form.fields;
    const { text } = await createToken({ shopId: shop.id, name, scopes, actor: shop.actor });
    return json<TokensAnswer>({ kind: "created", name, text }, { headers: { "Cache-Control": "no-store" } });
  }
  const { tokenId } = form.fields;
  const result = await revokeToken({ shopId: shop.id, tokenId, actor: shop.actor, now: new Date() });
  if (result.kind === "refused") {
    return json<TokensAnswer>({ kind: "refused", errors: { form: ["This token was revoked already."] } }, 409);
  }
  return json<TokensAnswer>({ kind: "revoked" });
}

export default function TokensPage() {
  const { tokens, appUrl } = useLoaderData<typeof loader>();
  const [isCreating, setIsCreating] = useState(false);
  const create = { content: "Create token", onAction: () => setIsCreating(true) };

  return (
    <Page
      title="API tokens"
      subtitle="For your own software: create, find and revoke licenses without this screen."
      backAction={{ content: "Settings", url: "/app/settings" }}
      primaryAction={create}
    >
      <BlockStack gap="400">
        {tokens.length === 0 ? <NoTokens appUrl={appUrl} create={create} /> : <TokensTable tokens={tokens} />}
        {tokens.length > 0 && <ExampleCall appUrl={appUrl} />}
        <Text as="p" tone="subdued" alignment="center">
          Every call is described in{" "}
          <Link url={`${appUrl}/api/openapi.json`} target="_blank">
            the OpenAPI document
          </Link>
          .
        </Text>
      </BlockStack>
      {isCreating && <CreateTokenModal onClose={() => setIsCreating(false)} />}
    </Page>
  );
}
