import { Badge, BlockStack, Button, InlineStack, Link, Text } from "@shopify/polaris";
import { useState } from "react";
import { ConfirmModal } from "~/ui/confirm-modal";
import { grantStates } from "~/ui/grant-state";
import { KeyText } from "~/ui/key-text";
import { machinesText } from "~/ui/machines-text";
import { Moment } from "~/ui/moment";
import { questionOf, type Confirmation } from "./confirmation";
import { DownloadHistory } from "./download-history";
import { ExtendModal } from "./extend-modal";
import type { GrantShown } from "./grant-shown";

/** One grant: what it is, how it stands, and what can be done about it. */
export function GrantItem({ grant }: { grant: GrantShown }) {
  const [open, setOpen] = useState<Confirmation | "extend" | null>(null);
  const { content, tone } = grantStates[grant.state];
  const isRevoked = grant.state === "revoked";
  const expiresAt = grant.key?.expiresAt ?? grant.expiresAt;
  const canExtend = !isRevoked && !grant.key?.expiresAt && (grant.expiresAt !== null || grant.downloadLimit !== null);
  const name = grant.key ? `${grant.title}, key ending in ${grant.key.end}` : grant.title;
  const close = () => setOpen(null);

  return (
    <BlockStack gap="300">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" variant="headingSm" breakWord>
          {grant.title}
        </Text>
        <Badge tone={tone}>{content}</Badge>
        {isRevoked && (
          <Text as="span" tone="subdued">
            {grant.revokedBy === "person" ? "by your staff" : "because the order no longer pays for it"}
          </Text>
        )}
      </InlineStack>
      {grant.key && <KeyText end={grant.key.end} fields={{ intent: "reveal", grantId: grant.id }} />}
      <Text as="p" tone="subdued">
        {grant.kind !== "key" && `${usedText(grant)} · `}
        {grant.key && <SeenText shownAt={grant.key.shownAt} />}
        {expiresAt ? (
          <>
            {new Date(expiresAt) <= new Date() ? "Access ended " : "Access until "}
            <Moment at={expiresAt} />
          </>
        ) : (
          "Access never ends"
        )}
      </Text>
      {grant.key && (
        <Text as="p">
          <Link url={`/app/licenses/${grant.key.id}`}>
            License<Text as="span" visuallyHidden>{` of ${name}`}</Text>
          </Link>
          : {machinesText(grant.key)}
        </Text>
      )}
      <InlineStack gap="200">
        {isRevoked ? (
          <Button onClick={() => setOpen("restore")} accessibilityLabel={`Restore ${name}`}>
            Restore
          </Button>
        ) : (
          <Button tone="critical" onClick={() => setOpen("revoke")} accessibilityLabel={`Revoke ${name}`}>
            Revoke
          </Button>
        )}
        {grant.used > 0 && (
          <Button onClick={() => setOpen("reset")} accessibilityLabel={`Reset count of ${name}`}>
            Reset count
          </Button>
        )}
        {canExtend && (
          <Button onClick={() => setOpen("extend")} accessibilityLabel={`Extend ${name}`}>
            Extend
          </Button>
        )}
      </InlineStack>
      {grant.downloads.length > 0 && <DownloadHistory downloads={grant.downloads} title={grant.title} />}
      {open === "extend" && <ExtendModal grant={grant} onClose={close} />}
      {open && open !== "extend" && <ConfirmModal question={questionOf(open, grant)} onClose={close} />}
    </BlockStack>
  );
}

function SeenText({ shownAt }: { shownAt: string | null }) {
  if (!shownAt) return "The customer has not seen it yet · ";
  return (
    <>
      The customer first saw it <Moment at={shownAt} /> ·{" "}
    </>
  );
}

function usedText({ kind, used, downloadLimit }: GrantShown): string {
  const times = kind === "link" ? "Opened" : "Downloaded";
  if (downloadLimit === null) return `${times} ${used} ${used === 1 ? "time" : "times"}, no limit`;
  return `${times} ${used} of ${downloadLimit} times`;
}
