import { Badge, BlockStack, Button, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { useState, type ReactNode } from "react";
import { KeyText } from "~/ui/key-text";
import { licenseStates } from "~/ui/license-state";
import { Moment } from "~/ui/moment";
import { ChangeModal } from "./change-modal";
import type { LicenseShown } from "./license-shown";

/** What a license is, how it stands and why, and what it allows. */
export function LicenseCard({ license }: { license: LicenseShown }) {
  const [isChanging, setIsChanging] = useState(false);
  const { content, tone } = licenseStates[license.state];
  const why = whyText(license);

  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingMd">
              License
            </Text>
            <Badge tone={tone}>{content}</Badge>
          </InlineStack>
          <Button onClick={() => setIsChanging(true)}>Edit</Button>
        </InlineStack>
        {why && <Text as="p">{why}</Text>}
        <KeyText end={license.keyEnd} fields={{ intent: "reveal" }} />
        <dl style={{ display: "grid", gap: "var(--p-space-200)", margin: 0 }}>
          <Fact name="Pool">
            <Link url={`/app/pools/${license.pool.id}`}>{license.pool.name}</Link>
          </Fact>
          {license.order && (
            <Fact name="Order">
              <Link url={`/app/orders/${license.order.id}`}>{license.order.name}</Link>
              {license.order.email && ` · ${license.order.email}`}
            </Fact>
          )}
          {license.issued && <Issued issued={license.issued} />}
          <Fact name="Machines">{limitText(license)}</Fact>
          <Fact name="Ends">{license.expiresAt ? <Moment at={license.expiresAt} /> : "Never"}</Fact>
          {license.order && (
            <Fact name="Seen">
              {license.shownAt ? (
                <>
                  By the customer, first <Moment at={license.shownAt} />
                </>
              ) : (
                "Not by the customer yet"
              )}
            </Fact>
          )}
          {license.note && <Fact name="Note">{license.note}</Fact>}
        </dl>
      </BlockStack>
      {isChanging && <ChangeModal license={license} onClose={() => setIsChanging(false)} />}
    </Card>
  );
}

function Issued({ issued: { at, holderEmail, reference } }: { issued: NonNullable<LicenseShown["issued"]> }) {
  return (
    <>
      <Fact name="Issued">
        By your software, <Moment at={at} />
      </Fact>
      {holderEmail && <Fact name="Holder">{holderEmail}</Fact>}
      {reference && <Fact name="Reference">{reference}</Fact>}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div style={{ display: "grid", gridTemplateColumns: "6.5rem minmax(0, 1fr)", gap: "var(--p-space-200)" }}>
      <dt>
        <Text as="span" tone="subdued">
          {name}
        </Text>
      </dt>
      <dd style={{ margin: 0, overflowWrap: "anywhere", whiteSpace: "pre-line" }}>{children}</dd>
    </div>
  );
}

function limitText({ activationLimit, ownLimit }: LicenseShown): string {
  const limit = activationLimit === null ? "Any number" : `${activationLimit.toLocaleString("en")} at a time`;
  return ownLimit === null ? `${limit}, as its pool says` : `${limit}, set for this license`;
}

function whyText({ state, takenBy, order }: LicenseShown): string | null {
  switch (state) {
    case "active":
      return null;
    case "revoked":
      if (!order) return "Your software revoked it, so it is good for no machine.";
      return takenBy === "order"
        ? "The order no longer pays for it, so it is good for no machine."
        : "Your staff revoked it, so it is good for no machine. Restore it on its order.";
    case "disabled":
      return "The key was taken out of the sale, so it is good for no machine. Enable it in its pool.";
    case "held":
      return "The order is held back. The license works once it is released.";
    case "expired":
      return "Its time is over. Give it a later end to let it go on.";
  }
}
