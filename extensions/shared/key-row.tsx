import { useState } from "preact/hooks";
import type { Grant, Standing } from "./grant";
import { text, type Host } from "./host";
import { expiryFacts, Row, StandingBadge, type Outcome } from "./row";

type Props = { host: Host; grant: Grant; standing: Standing };

/** A license key and a button that copies it. */
export function KeyRow({ host, grant, standing }: Props) {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const key = standing === "ready" ? grant.key : null;
  // The app shows no key while it has none to show: to the customer that is waiting too.
  const shown = standing === "ready" && key === null ? "waiting" : standing;
  const itemId = `key-${grant.id}`;

  return (
    <Row
      title={grant.title}
      facts={[text(host, "key"), ...expiryFacts(host, grant, shown)]}
      sentence={shown === "ready" ? undefined : text(host, keySentences[shown])}
      outcome={outcome}
      action={
        shown === "ready" ? (
          <s-button
            variant="secondary"
            command="--copy"
            commandFor={itemId}
            accessibilityLabel={text(host, "copyLabel", { key: key ?? "" })}
          >
            {text(host, "copy")}
          </s-button>
        ) : (
          <StandingBadge host={host} standing={shown} />
        )
      }
    >
      {key !== null && (
        <>
          <s-text type="strong">{key}</s-text>
          <s-clipboard-item
            id={itemId}
            text={key}
            onCopy={() => setOutcome({ tone: "success", sentence: text(host, "copied") })}
            onCopyError={() => setOutcome({ tone: "critical", sentence: text(host, "copyFailed") })}
          />
        </>
      )}
    </Row>
  );
}

/** A key is never used up: it has no downloads to count. */
const keySentences = {
  waiting: "state.waiting_key",
  held: "state.held",
  revoked: "state.revoked",
  used_up: "state.expired",
  expired: "state.expired",
} as const satisfies Record<Exclude<Standing, "ready">, string>;
