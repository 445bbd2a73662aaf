import { useState } from "preact/hooks";
import type { OrderProof } from "./deliveries";
import type { Grant } from "./grant";
import { text, type Host } from "./host";
import { MachineRow } from "./machine-row";
import type { Outcome } from "./row";

type Props = {
  host: Host;
  grant: Grant;
  proof: OrderProof;
  onChanged: (grant: Grant) => void;
  onStale: () => void;
};

/** On which machines a key is used, behind one line that says how many. */
export function MachineList({ host, grant, proof, onChanged, onStale }: Props) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const { activations, activationLimit } = grant;
  if (activations === null || (activations.length === 0 && activationLimit === null)) return null;

  return (
    <s-stack gap="small-200">
      <s-details>
        <s-summary>{countOf(host, grant, activations.length)}</s-summary>
        <s-stack gap="base">
          {activations.length === 0 && <s-text color="subdued">{text(host, "machine.none")}</s-text>}
          {activations.map((machine) => (
            <MachineRow
              key={machine.id}
              host={host}
              grant={grant}
              machine={machine}
              proof={proof}
              onChanged={onChanged}
              onOutcome={setOutcome}
              onStale={onStale}
            />
          ))}
        </s-stack>
      </s-details>
      <s-stack accessibilityRole="status">{outcome && <s-text tone={outcome.tone}>{outcome.sentence}</s-text>}</s-stack>
    </s-stack>
  );
}

/** "2 of 3 machines in use" */
function countOf(host: Host, { activationLimit }: Grant, used: number): string {
  if (activationLimit === null) return text(host, "machine.used", { count: used });
  return text(host, "machine.of", { used, count: activationLimit });
}
