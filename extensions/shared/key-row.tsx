import { useRef, useState } from "preact/hooks";
import type { OrderProof } from "./deliveries";
import type { Grant, Standing } from "./grant";
import { text, type Host } from "./host";
import { MachineList } from "./machine-list";
import { revealKey } from "./machines";
import { refusalText } from "./refusal-text";
import { expiryFacts, Row, StandingBadge, type Outcome } from "./row";

type Props = {
  host: Host;
  grant: Grant;
  standing: Standing;
  proof: OrderProof;
  onChanged: (grant: Grant) => void;
  onStale: () => void;
};

/** A license key and a button that copies it, or reveals it first; and the machines it is used on. */
export function KeyRow({ host, grant, standing, proof, onChanged, onStale }: Props) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const key = standing === "ready" ? grant.key : null;
  const isHidden = standing === "ready" && key === null && grant.isHidden;
  // The app shows no key while it has none to show: to the customer that is waiting too.
  const shown = standing === "ready" && key === null && !isHidden ? "waiting" : standing;

  return (
    <s-stack gap="small-200">
      <Row
        title={grant.title}
        facts={[text(host, "key"), ...expiryFacts(host, grant, shown)]}
        sentence={shown === "ready" ? undefined : text(host, keySentences[shown])}
        outcome={outcome}
        action={
          isHidden ? (
            <RevealButton
              host={host}
              grant={grant}
              proof={proof}
              onChanged={onChanged}
              onOutcome={setOutcome}
              onStale={onStale}
            />
          ) : shown === "ready" ? (
            <CopyButton host={host} grantId={grant.id} text={key ?? ""} />
          ) : (
            <StandingBadge host={host} standing={shown} />
          )
        }
      >
        {isHidden && <s-text color="subdued">••••••••</s-text>}
        {key !== null && (
          <>
            <s-text type="strong">{key}</s-text>
            <s-clipboard-item
              id={itemOf(grant.id)}
              text={key}
              onCopy={() => setOutcome({ tone: "success", sentence: text(host, "copied") })}
              onCopyError={() => setOutcome({ tone: "critical", sentence: text(host, "copyFailed") })}
            />
          </>
        )}
      </Row>
      {standing === "ready" && (
        <MachineList host={host} grant={grant} proof={proof} onChanged={onChanged} onStale={onStale} />
      )}
    </s-stack>
  );
}

function CopyButton({ host, grantId, text: key }: { host: Host; grantId: string; text: string }) {
  return (
    <s-button
      variant="secondary"
      command="--copy"
      commandFor={itemOf(grantId)}
      accessibilityLabel={text(host, "copyLabel", { key })}
    >
      {text(host, "copy")}
    </s-button>
  );
}

type RevealProps = Omit<Props, "standing"> & { onOutcome: (outcome: Outcome | null) => void };

/** The app hands the key out only now, and keeps the moment. */
function RevealButton({ host, grant, proof, onChanged, onOutcome, onStale }: RevealProps) {
  const [isBusy, setIsBusy] = useState(false);
  const isAsking = useRef(false);

  async function reveal() {
    if (isAsking.current) return;
    isAsking.current = true;
    setIsBusy(true);
    onOutcome(null);
    const answer = await revealKey(host, grant.id, proof);
    isAsking.current = false;
    setIsBusy(false);
    if (answer.kind === "answered") {
      onOutcome({ tone: "success", sentence: text(host, "revealed") });
      return onChanged({ ...grant, key: answer.body, isHidden: false });
    }
    onOutcome({ tone: "critical", sentence: refusalText(host, answer) });
    if (["not_found", "held", "revoked", "expired"].includes(answer.code)) onStale();
  }

  return (
    <s-button
      variant="primary"
      loading={isBusy}
      accessibilityLabel={text(host, "revealLabel", { title: grant.title })}
      onClick={() => void reveal()}
    >
      {text(host, "reveal")}
    </s-button>
  );
}

function itemOf(grantId: string): string {
  return `key-${grantId}`;
}

/** A key is never used up: it has no downloads to count. */
const keySentences = {
  waiting: "state.waiting_key",
  held: "state.held",
  revoked: "state.revoked",
  used_up: "state.expired",
  expired: "state.expired",
} as const satisfies Record<Exclude<Standing, "ready">, string>;
