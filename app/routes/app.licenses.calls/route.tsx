import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { z } from "zod";
import { listGuesses } from "~/domain/guess/list-guesses.server";
import { listSigningKeys } from "~/domain/signing-key/list-signing-keys.server";
import { replaceSigningKey } from "~/domain/signing-key/replace-signing-key.server";
import { env } from "~/env.server";
import { readForm } from "~/http/form";
import { requireShop } from "~/http/require-shop.server";
import { CallsCard } from "./calls-card";
import { GuessesCard } from "./guesses-card";
import { SigningKeyCard } from "./signing-key-card";

const Form = z.object({ intent: z.literal("replace_key"), isOldTrusted: z.stringbool() });

export const meta = () => [{ title: "Licensing – Featherpost" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const now = new Date();
  const [keys, guesses] = await Promise.all([listSigningKeys(shop, now), listGuesses(shop.id, now)]);

  return json({
    shopDomain: shop.domain,
    appUrl: new URL(env.SHOPIFY_APP_URL).origin,
    graceDays: shop.graceDays,
    keys: keys.map(({ kid, createdAt, trustedUntil }) => ({ kid, createdAt, trustedUntil })),
    guesses,
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const form = await readForm(request, Form);
  if (!form.ok) return json({ errors: form.errors }, 422);

  const { isOldTrusted } = form.fields;
  await replaceSigningKey({ shopId: shop.id, isOldTrusted, actor: shop.actor, now: new Date() });
  return json({ errors: {} });
}

export default function LicensingPage() {
  const { shopDomain, appUrl, graceDays, keys, guesses } = useLoaderData<typeof loader>();

  return (
    <Page
      title="Licensing"
      subtitle="Your software asks here whether a license key is good, and ties it to a machine."
      backAction={{ content: "Licenses", url: "/app/licenses" }}
    >
      <BlockStack gap="400">
        <CallsCard appUrl={appUrl} shopDomain={shopDomain} />
        <SigningKeyCard keys={keys} graceDays={graceDays} />
        <GuessesCard guesses={guesses} />
      </BlockStack>
    </Page>
  );
}
