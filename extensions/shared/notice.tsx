import type { Refused } from "./call-app";
import { text, type Host } from "./host";
import { refusalText } from "./refusal-text";

/** Says what went wrong and offers another try. */
export function ErrorNotice(props: { host: Host; heading: string; refused: Refused; onRetry: () => void }) {
  const { host, heading, refused, onRetry } = props;
  return (
    <s-banner tone="critical" heading={heading}>
      <s-stack gap="small-200">
        <s-text>{refusalText(host, refused)}</s-text>
        <s-button variant="secondary" onClick={onRetry}>
          {text(host, "retry")}
        </s-button>
      </s-stack>
    </s-banner>
  );
}

export function Loading({ host }: { host: Host }) {
  return (
    <s-stack gap="small-200">
      <s-spinner accessibilityLabel={text(host, "loading")} />
      <s-skeleton-paragraph />
    </s-stack>
  );
}

/** A sentence that assistive technology reads out when it appears; `children` are what can be done about it. */
export function Announcement(props: { sentence: string; children?: preact.ComponentChildren }) {
  return (
    <s-stack gap="small-200">
      <s-stack accessibilityRole="status">
        <s-text color="subdued">{props.sentence}</s-text>
      </s-stack>
      {props.children}
    </s-stack>
  );
}
