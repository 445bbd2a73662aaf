import { Link } from "@shopify/polaris";
import { CallCard } from "~/ui/call-card";

type Props = { appUrl: string; shopDomain: string };

/** What a developer needs to call: where, as which shop, and an example to paste into a terminal. */
export function CallsCard({ appUrl, shopDomain }: Props) {
  const call = [
    `curl ${appUrl}/api/licenses/activate \\`,
    '  -H "Content-Type: application/json" \\',
    `  -d '{"shop": "${shopDomain}", "key": "THE-CUSTOMERS-KEY", "fingerprint": "machine-1"}'`,
  ].join("\n");

  return (
    <CallCard title="For your developers" call={call}>
      No token is needed: who has a key may ask about it. <code>activate</code> ties it to a machine,{" "}
      <code>deactivate</code> frees the place, <code>validate</code> says whether it is good.{" "}
      <Link url={`${appUrl}/api/openapi.json`} target="_blank">
        The OpenAPI document
      </Link>{" "}
      describes every call.
    </CallCard>
  );
}
