import { BlockStack, Box, Button, ButtonGroup, Card, Divider, InlineStack, Text } from "@shopify/polaris";
import { Fragment, useState } from "react";
import { ConfirmModal } from "~/ui/confirm-modal";
import { machinesText } from "~/ui/machines-text";
import { questionOf, type Confirmation } from "./confirmation";
import type { LicenseShown, MachineShown } from "./license-shown";
import { MachineItem } from "./machine-item";
import { MachineModal } from "./machine-modal";

type Props = { license: LicenseShown; machines: MachineShown[]; next: string | null };

/** The machines that a license is used on, and those it is not to be used on. */
export function MachinesCard({ license, machines, next }: Props) {
  const [open, setOpen] = useState<"add" | "block" | null>(null);
  const [confirmation, setConfirmation] = useState<Confirmation | null>(null);

  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <BlockStack>
            <Text as="h2" variant="headingMd">
              Machines
            </Text>
            <Text as="span" tone="subdued">
              {machinesText(license)}
            </Text>
          </BlockStack>
          <ButtonGroup>
            {license.used > 0 && (
              <Button tone="critical" onClick={() => setConfirmation({ intent: "reset", count: license.used })}>
                Remove all
              </Button>
            )}
            <Button onClick={() => setOpen("block")}>Block fingerprint</Button>
            <Button onClick={() => setOpen("add")}>Add machine</Button>
          </ButtonGroup>
        </InlineStack>
        {machines.length === 0 && (
          <Text as="p" tone="subdued">
            No machine uses it yet. The first shows up here when your software activates the key.
          </Text>
        )}
        {machines.map((machine) => (
          <Fragment key={machine.id}>
            <Divider />
            <MachineItem machine={machine} onConfirm={setConfirmation} />
          </Fragment>
        ))}
        {next && (
          <Box>
            <Button url={`/app/licenses/${license.id}?after=${next}`}>Show more machines</Button>
          </Box>
        )}
      </BlockStack>
      {open && <MachineModal intent={open} onClose={() => setOpen(null)} />}
      {confirmation && <ConfirmModal question={questionOf(confirmation)} onClose={() => setConfirmation(null)} />}
    </Card>
  );
}
