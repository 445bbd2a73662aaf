import { useEffect, useRef, useState } from "preact/hooks";
import type { OrderProof } from "./deliveries";
import { fileSize } from "./file-size";
import type { Grant, Standing } from "./grant";
import { text, type Host, type TextKey } from "./host";
import { openUrl } from "./open-url";
import { refusalText } from "./refusal-text";
import { expiryFacts, Row, StandingBadge, type Outcome } from "./row";
import { startDownload, type StartedDownload } from "./start-download";

type Props = {
  host: Host;
  grant: Grant;
  standing: Standing;
  proof: OrderProof;
  onChanged: (grant: Grant) => void;
  onStale: () => void;
};

type State = { phase: "idle" | "starting" } | { phase: "linked"; url: string };

/** Refusals that say nothing about the grant: asking again later may do. */
const PASSING = ["unreachable", "unreadable", "unavailable", "rate_limited", "storage_unavailable", "file_not_ready"];

/** A file, or a link to elsewhere, and the button that gets it. */
export function FileRow({ host, grant, standing, proof, onChanged, onStale }: Props) {
  const [state, setState] = useState<State>({ phase: "idle" });
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const isStarting = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  async function start() {
    if (isStarting.current) return; // a second press before the button shows that it is loading
    isStarting.current = true;
    setState({ phase: "starting" });
    setOutcome(null);

    const answer = await startDownload(host, grant.id, proof);
    isStarting.current = false;
    if (answer.kind === "answered") return hand(answer.body);
    setState({ phase: "idle" });
    const isUsedUp = answer.code === "limit_reached";
    const sentence = isUsedUp ? text(host, standingKey(grant, "used_up")) : refusalText(host, answer);
    setOutcome({ tone: "critical", sentence });
    if (!PASSING.includes(answer.code)) onStale();
  }

  function hand({ url, expiresInSeconds, downloadsLeft }: StartedDownload) {
    if (grant.downloadsLeft !== null && downloadsLeft !== null) onChanged({ ...grant, downloadsLeft });
    if (openUrl(url)) {
      setState({ phase: "idle" });
      return setOutcome({ tone: "success", sentence: text(host, grant.kind === "link" ? "opening" : "started") });
    }
    setState({ phase: "linked", url });
    setOutcome({ tone: "success", sentence: text(host, "linkReady") });
    timer.current = setTimeout(() => {
      setState({ phase: "idle" });
      setOutcome(null);
    }, expiresInSeconds * 1000);
  }

  return (
    <Row
      title={grant.title}
      facts={factsOf(host, grant, standing)}
      sentence={standing === "ready" ? undefined : text(host, standingKey(grant, standing))}
      outcome={outcome}
      action={
        state.phase === "linked" ? (
          <SaveLink host={host} title={grant.title} url={state.url} />
        ) : standing === "ready" ? (
          <StartButton host={host} grant={grant} isStarting={state.phase === "starting"} onPress={() => void start()} />
        ) : (
          <StandingBadge host={host} standing={standing} />
        )
      }
    />
  );
}

type StartButtonProps = { host: Host; grant: Grant; isStarting: boolean; onPress: () => void };

function StartButton({ host, grant, isStarting, onPress }: StartButtonProps) {
  const { title } = grant;
  const isLink = grant.kind === "link";
  return (
    <s-button
      variant="secondary"
      loading={isStarting}
      accessibilityLabel={isLink ? text(host, "openLabel", { title }) : text(host, "downloadLabel", { title })}
      onClick={onPress}
    >
      {isLink ? text(host, "open") : text(host, "download")}
    </s-button>
  );
}

/** Where an extension may not navigate, the customer follows the signed URL. */
function SaveLink({ host, title, url }: { host: Host; title: string; url: string }) {
  return (
    <s-button variant="primary" href={url} target="_blank" accessibilityLabel={text(host, "saveLabel", { title })}>
      {text(host, "save")}
    </s-button>
  );
}

function standingKey({ kind }: Grant, standing: Exclude<Standing, "ready">): TextKey {
  return standing === "used_up" && kind === "link" ? "state.used_up_link" : `state.${standing}`;
}

function factsOf(host: Host, grant: Grant, standing: Standing): string[] {
  const { fileName, title, sizeBytes, version } = grant;
  return [
    ...(fileName !== null && fileName !== title ? [fileName] : []),
    ...(sizeBytes === null ? [] : [fileSize(host, sizeBytes)]),
    ...(version !== null && version > 1 ? [text(host, "version", { number: version })] : []),
    ...(standing === "ready" ? leftFacts(host, grant) : []),
    ...expiryFacts(host, grant, standing),
  ];
}

/** A link without a limit is just a link. */
function leftFacts(host: Host, { kind, downloadsLeft }: Grant): string[] {
  const isLink = kind === "link";
  if (downloadsLeft !== null) return [text(host, isLink ? "opensLeft" : "downloadsLeft", { count: downloadsLeft })];
  return isLink ? [] : [text(host, "unlimited")];
}
