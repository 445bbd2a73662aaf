import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Banner, BlockStack, Page } from "@shopify/polaris";
import { listEdited } from "~/domain/delivery/find-template.server";
import { countUndelivered } from "~/domain/delivery/list-undelivered.server";
import { requireShop } from "~/http/require-shop.server";
import { MessageCards } from "./message-cards";

export const meta = () => [{ title: "Messages – Featherpost" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const [edited, undelivered] = await Promise.all([listEdited(shop.id), countUndelivered(shop.id, new Date())]);

  return json({
    edited: edited.map(({ kind, locale }) => ({ kind, locale })),
    undelivered: undelivered.failed + undelivered.unaddressed,
    announcesVersions: shop.announcesVersions,
  });
}

export default function MessagesPage() {
  const { edited, undelivered, announcesVersions } = useLoaderData<typeof loader>();

  return (
    <Page
      title="Messages"
      subtitle="What your customers are told by email, in the language of their order."
      secondaryActions={[
        { content: "Sender and look", url: "/app/messages/sender" },
        { content: "Could not be told", url: "/app/messages/undelivered" },
      ]}
    >
      <BlockStack gap="400">
        {undelivered > 0 && (
          <Banner
            tone="warning"
            title={`The customers of ${undelivered === 1 ? "1 order" : `${undelivered.toLocaleString("en")} orders`} could not be told`}
            action={{ content: "Look at them", url: "/app/messages/undelivered" }}
          />
        )}
        <MessageCards edited={edited} announcesVersions={announcesVersions} />
      </BlockStack>
    </Page>
  );
}
