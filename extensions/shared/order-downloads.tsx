import type { OrderProof } from "./deliveries";
import { GrantList } from "./grant-list";
import { text, type Host } from "./host";
import { Announcement, ErrorNotice, Loading } from "./notice";
import { isUnproven } from "./refusal-text";
import { useOrderGrants } from "./use-order-grants";

type Props = {
  host: Host;
  proof: OrderProof;
  /** The app may not have heard of the order yet. */
  isJustPlaced?: boolean;
  /** Given where the viewer is not signed in and could be. */
  onSignIn?: () => void;
};

/** What one order gives, or why that cannot be shown. */
export function OrderDownloads({ host, proof, isJustPlaced = false, onSignIn }: Props) {
  const { view, reload, refresh, replace } = useOrderGrants(host, proof, isJustPlaced);

  switch (view.phase) {
    case "loading":
      return <Loading host={host} />;
    case "preparing":
      return <Preparing host={host} />;
    case "late":
      return <Again host={host} sentence={text(host, "late")} onAgain={reload} />;
    case "failed": {
      if (isUnproven(view.refused) && onSignIn) return <SignIn host={host} onSignIn={onSignIn} />;
      // The shop's older orders and those without downloads are unknown to the app: nothing is wrong.
      const isUnknown = view.refused.code === "order_not_found";
      if (isUnknown) return <Again host={host} sentence={text(host, "empty")} onAgain={reload} />;
      return <ErrorNotice host={host} heading={text(host, "errorHeading")} refused={view.refused} onRetry={reload} />;
    }
    case "ready":
      if (view.grants.length === 0) return <Again host={host} sentence={text(host, "empty")} onAgain={reload} />;
      return <GrantList host={host} grants={view.grants} proof={proof} onChanged={replace} onStale={refresh} />;
  }
}

export function Preparing({ host }: { host: Host }) {
  return (
    <s-stack direction="inline" gap="base" alignItems="center">
      <s-spinner size="small" accessibilityLabel={text(host, "loading")} />
      <Announcement sentence={text(host, "preparing")} />
    </s-stack>
  );
}

function Again({ host, sentence, onAgain }: { host: Host; sentence: string; onAgain: () => void }) {
  return (
    <Announcement sentence={sentence}>
      <s-button variant="secondary" onClick={onAgain}>
        {text(host, "checkAgain")}
      </s-button>
    </Announcement>
  );
}

function SignIn({ host, onSignIn }: { host: Host; onSignIn: () => void }) {
  return (
    <s-banner tone="info" heading={text(host, "signInHeading")}>
      <s-stack gap="small-200">
        <s-text>{text(host, "refusal.sign_in_required")}</s-text>
        <s-button variant="primary" onClick={onSignIn}>
          {text(host, "signIn")}
        </s-button>
      </s-stack>
    </s-banner>
  );
}
