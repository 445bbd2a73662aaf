import { Banner, ChoiceList } from "@shopify/polaris";
import { useState } from "react";
import { exportColumns, type ExportColumn } from "~/domain/pool/export-columns";
import { ActionModal } from "~/ui/action-modal";
import { useFileAnswer } from "~/ui/use-file-answer";
import type { ChosenKeys } from "./pool-answer";

const labels: Record<ExportColumn, string> = {
  key: "The keys themselves",
  end: "Last characters",
  state: "State",
  order: "Order",
  holder_email: "Email of who it was issued to",
  reference: "Reference in your software",
  activation_limit: "Machines, where not the pool’s",
  expires_at: "End, where not the order’s",
  note: "Note",
  import: "Imported file",
};

type Props = { poolId: string; chosen: ChosenKeys; count: string; onClose: () => void };

/** Asks which columns an export is to have. */
export function ExportKeysModal({ poolId, chosen, count, onClose }: Props) {
  const file = useFileAnswer();
  const [columns, setColumns] = useState<string[]>(["end", "state", "order", "note"]);
  const save = async () => {
    const query = new URLSearchParams({ choice: JSON.stringify(chosen), columns: columns.join(",") });
    await file.save(`/app/pools/${poolId}/export?${query.toString()}`, "keys.csv");
    onClose();
  };

  return (
    <ActionModal
      title={`Export ${count}`}
      action={{ content: "Export CSV", disabled: columns.length === 0, onAction: () => void save() }}
      isBusy={file.isLoading}
      onClose={onClose}
    >
      <ChoiceList
        allowMultiple
        title="Columns"
        choices={exportColumns.map((value) => ({ label: labels[value], value }))}
        selected={columns}
        onChange={setColumns}
      />
      {columns.includes("key") && (
        <Banner tone="warning">
          Whoever has this file has the keys. That you exported them is recorded in the activity.
        </Banner>
      )}
    </ActionModal>
  );
}
