import { useRef, useState } from "preact/hooks";
import type { Answer } from "./call-app";
import type { OrderProof } from "./deliveries";
import type { Grant, Machine } from "./grant";
import { text, type Host } from "./host";
import { freeMachine, nameMachine, type FreesLeft } from "./machines";
import { machineRefusalText } from "./refusal-text";
import type { Outcome } from "./row";

type Props = {
  host: Host;
  grant: Grant;
  machine: Machine;
  proof: OrderProof;
  onChanged: (grant: Grant) => void;
  onOutcome: (outcome: Outcome | null) => void;
  onStale: () => void;
};

type Phase = "idle" | "naming" | "freeing";

/** A machine: when it came and was seen last, how it is named, and its place freed. */
export function MachineRow({ host, grant, machine, proof, onChanged, onOutcome, onStale }: Props) {
  const [phase, setPhase] = useState<Phase>("idle");
  const [isBusy, setIsBusy] = useState(false);
  const isSending = useRef(false);
  const title = machine.name ?? text(host, "machine.unnamed", { end: machine.fingerprintEnd });
  const machines = grant.activations ?? [];

  /** Sends once, however often it is pressed. */
  async function send<Body>(call: Promise<Answer<Body>>, done: (body: Body) => void) {
    setIsBusy(true);
    onOutcome(null);
    const answer = await call;
    isSending.current = false;
    setIsBusy(false);
    if (answer.kind === "answered") {
      setPhase("idle");
      return done(answer.body);
    }
    onOutcome({ tone: "critical", sentence: machineRefusalText(host, answer) });
    if (answer.code === "not_found" || answer.code === "frees_used") onStale();
  }

  function free() {
    if (isSending.current) return;
    isSending.current = true;
    void send(freeMachine(host, machine.id, proof), (frees: FreesLeft) => {
      onOutcome({ tone: "success", sentence: text(host, "machine.freed") });
      onChanged({ ...grant, ...frees, activations: machines.filter(({ id }) => id !== machine.id) });
    });
  }

  function save(name: string) {
    if (isSending.current) return;
    isSending.current = true;
    void send(nameMachine(host, machine.id, name, proof), (kept: string) => {
      onOutcome({ tone: "success", sentence: text(host, "machine.saved") });
      const renamed = machines.map((one) => (one.id === machine.id ? { ...one, name: kept } : one));
      onChanged({ ...grant, activations: renamed });
    });
  }

  return (
    <s-stack gap="small-200" padding="small-200 none">
      <s-stack gap="small-400">
        <s-text type="strong">{title}</s-text>
        <s-text color="subdued">{factsOf(host, machine).join(" · ")}</s-text>
      </s-stack>
      {phase === "naming" && (
        <NameForm
          host={host}
          name={machine.name ?? ""}
          isBusy={isBusy}
          onSave={save}
          onCancel={() => setPhase("idle")}
        />
      )}
      {phase === "freeing" && (
        <FreeQuestion host={host} grant={grant} isBusy={isBusy} onFree={free} onCancel={() => setPhase("idle")} />
      )}
      {phase === "idle" && (
        <s-stack direction="inline" gap="small-200">
          <s-button
            variant="secondary"
            accessibilityLabel={text(host, "machine.renameLabel", { name: title })}
            onClick={() => setPhase("naming")}
          >
            {text(host, "machine.rename")}
          </s-button>
          {!machine.isPaused && (
            <s-button
              variant="secondary"
              accessibilityLabel={text(host, "machine.freeLabel", { name: title })}
              onClick={() => setPhase("freeing")}
            >
              {text(host, "machine.free")}
            </s-button>
          )}
        </s-stack>
      )}
    </s-stack>
  );
}

type NameFormProps = {
  host: Host;
  name: string;
  isBusy: boolean;
  onSave: (name: string) => void;
  onCancel: () => void;
};

function NameForm({ host, name, isBusy, onSave, onCancel }: NameFormProps) {
  const [typed, setTyped] = useState(name);
  const [isWrong, setIsWrong] = useState(false);

  function save() {
    const trimmed = typed.trim();
    setIsWrong(trimmed === "");
    if (trimmed !== "") onSave(trimmed);
  }
  return (
    <s-form onSubmit={save}>
      <s-stack gap="small-200">
        <s-text-field
          label={text(host, "machine.name")}
          value={typed}
          maxLength={60}
          error={isWrong ? text(host, "refusal.machine_name") : undefined}
          onInput={(event: Event) => setTyped((event.target as HTMLInputElement).value)}
        />
        <s-stack direction="inline" gap="small-200">
          <s-button variant="primary" loading={isBusy} onClick={save}>
            {text(host, "machine.save")}
          </s-button>
          <s-button variant="secondary" disabled={isBusy} onClick={onCancel}>
            {text(host, "machine.cancel")}
          </s-button>
        </s-stack>
      </s-stack>
    </s-form>
  );
}

type FreeQuestionProps = { host: Host; grant: Grant; isBusy: boolean; onFree: () => void; onCancel: () => void };

/** Says what it means before it is done, or why it cannot be. */
function FreeQuestion({ host, grant, isBusy, onFree, onCancel }: FreeQuestionProps) {
  const { freesLeft, nextFreeAt } = grant;
  const canFree = freesLeft !== null && freesLeft > 0;
  const sentence = canFree
    ? `${text(host, "machine.freeText")} ${text(host, "machine.left", { count: freesLeft })}`
    : nextFreeAt === null
      ? text(host, "machine.freesOff")
      : text(host, "machine.nextFree", { date: dayOf(host, nextFreeAt) });

  return (
    <s-stack gap="small-200">
      <s-stack accessibilityRole="status">
        <s-text>{sentence}</s-text>
      </s-stack>
      <s-stack direction="inline" gap="small-200">
        {canFree && (
          <s-button variant="primary" loading={isBusy} onClick={onFree}>
            {text(host, "machine.freeNow")}
          </s-button>
        )}
        <s-button variant="secondary" disabled={isBusy} onClick={onCancel}>
          {text(host, "machine.cancel")}
        </s-button>
      </s-stack>
    </s-stack>
  );
}

function factsOf(host: Host, { createdAt, seenAt, isPaused }: Machine): string[] {
  return [
    ...(isPaused ? [text(host, "machine.paused")] : []),
    text(host, "machine.since", { date: dayOf(host, createdAt) }),
    text(host, "machine.seen", { date: dayOf(host, seenAt) }),
  ];
}

function dayOf(host: Host, moment: string): string {
  return host.i18n.formatDate(new Date(moment), { dateStyle: "medium", inExtensionLocale: true });
}
