import { useFetcher } from "@remix-run/react";
import { useAppBridge } from "@shopify/app-bridge-react";
import { Badge, BlockStack, Button, Card, IndexTable, InlineStack, Text, useBreakpoints } from "@shopify/polaris";
import { useCallback, useEffect, useState } from "react";
import type { TokenScope } from "~/domain/token/scopes";
import { ActionModal } from "~/ui/action-modal";
import { Moment } from "~/ui/moment";
import { NarrowRow } from "~/ui/narrow-row";
import { scopeTexts } from "./scope-texts";
import type { TokensAnswer } from "./tokens-answer";

type Row = {
  id: string;
  name: string;
  end: string;
  scopes: TokenScope[];
  createdAt: string;
  lastUsedAt: string | null;
};

export function TokensTable({ tokens }: { tokens: Row[] }) {
  const { smDown } = useBreakpoints();
  const [revoking, setRevoking] = useState<Row | null>(null);
  const close = useCallback(() => setRevoking(null), []);

  return (
    <Card padding="0">
      <IndexTable
        selectable={false}
        condensed={smDown}
        itemCount={tokens.length}
        resourceName={{ singular: "token", plural: "tokens" }}
        headings={[
          { title: "Token" },
          { title: "May" },
          { title: "Created" },
          { title: "Last used" },
          { title: "Revoke", hidden: true },
        ]}
      >
        {tokens.map((token, index) => (
          <IndexTable.Row id={token.id} key={token.id} position={index}>
            {smDown ? (
              <NarrowCells token={token} onRevoke={() => setRevoking(token)} />
            ) : (
              <WideCells token={token} onRevoke={() => setRevoking(token)} />
            )}
          </IndexTable.Row>
        ))}
      </IndexTable>
      {revoking && <RevokeModal token={revoking} onClose={close} />}
    </Card>
  );
}

type RowProps = { token: Row; onRevoke: () => void };

function WideCells({ token, onRevoke }: RowProps) {
  return (
    <>
      <IndexTable.Cell>
        <Named {...token} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Scopes scopes={token.scopes} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <Moment at={token.createdAt} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <LastUsed at={token.lastUsedAt} />
      </IndexTable.Cell>
      <IndexTable.Cell>
        <InlineStack align="end">
          <RevokeButton name={token.name} onClick={onRevoke} />
        </InlineStack>
      </IndexTable.Cell>
    </>
  );
}

function NarrowCells({ token, onRevoke }: RowProps) {
  return (
    <NarrowRow>
      <Named {...token} />
      <Scopes scopes={token.scopes} />
      <Text as="span" tone="subdued">
        Last used: <LastUsed at={token.lastUsedAt} />
      </Text>
      <div>
        <RevokeButton name={token.name} onClick={onRevoke} />
      </div>
    </NarrowRow>
  );
}

function Named({ name, end }: Row) {
  return (
    <BlockStack>
      <Text as="span" fontWeight="semibold" breakWord>
        {name}
      </Text>
      <Text as="span" tone="subdued">
        <code>fp_…{end}</code>
      </Text>
    </BlockStack>
  );
}

function Scopes({ scopes }: { scopes: TokenScope[] }) {
  return (
    <InlineStack gap="100">
      {scopes.map((scope) => (
        <Badge key={scope}>{scopeTexts[scope].short}</Badge>
      ))}
    </InlineStack>
  );
}

function LastUsed({ at }: { at: string | null }) {
  return at ? <Moment at={at} isToTheHour /> : "Never";
}

function RevokeButton({ name, onClick }: { name: string; onClick: () => void }) {
  return (
    <Button tone="critical" variant="plain" onClick={onClick} accessibilityLabel={`Revoke ${name}`}>
      Revoke
    </Button>
  );
}

function RevokeModal({ token, onClose }: { token: Row; onClose: () => void }) {
  const shopify = useAppBridge();
  const fetcher = useFetcher<TokensAnswer>();
  const { data, state } = fetcher;
  const problem = data?.kind === "refused" ? data.errors.form?.[0] : null;

  useEffect(() => {
    if (data?.kind !== "revoked") return;
    shopify.toast.show("Token revoked");
    onClose();
  }, [data, shopify, onClose]);

  return (
    <ActionModal
      title={`Revoke “${token.name}”?`}
      action={{
        content: "Revoke token",
        destructive: true,
        onAction: () => fetcher.submit({ intent: "revoke", tokenId: token.id }, { method: "post" }),
      }}
      isBusy={state !== "idle"}
      refusal={problem}
      onClose={onClose}
    >
      <Text as="p">
        What uses it is refused from now on. This cannot be undone; licenses it created stay as they are.
      </Text>
    </ActionModal>
  );
}
