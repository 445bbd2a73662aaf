import type { ComponentChildren } from "preact";
import type { Grant, Standing } from "./grant";
import { text, type Host } from "./host";

export type Outcome = { tone: "success" | "critical"; sentence: string };

type Props = {
  title: string;
  /** Short facts, most important first. */
  facts: string[];
  /** What can be done with it, or a badge. */
  action: ComponentChildren;
  /** Why it gives nothing now. */
  sentence?: string;
  /** What came of the last press; assistive technology reads it out when it changes. */
  outcome: Outcome | null;
  children?: ComponentChildren;
};

/** One thing an order gives. */
export function Row({ title, facts, action, sentence, outcome, children }: Props) {
  return (
    <s-stack gap="small-200">
      <s-grid gridTemplateColumns="minmax(0, 1fr) auto" gap="base" alignItems="center">
        <s-stack gap="small-400">
          <s-text type="strong">{title}</s-text>
          {facts.length > 0 && <s-text color="subdued">{facts.join(" · ")}</s-text>}
          {children}
        </s-stack>
        {action}
      </s-grid>
      {sentence && sentence !== outcome?.sentence && <s-text color="subdued">{sentence}</s-text>}
      <s-stack accessibilityRole="status">{outcome && <s-text tone={outcome.tone}>{outcome.sentence}</s-text>}</s-stack>
    </s-stack>
  );
}

export function StandingBadge({ host, standing }: { host: Host; standing: Exclude<Standing, "ready"> }) {
  const tone = standing === "revoked" || standing === "expired" ? "critical" : "neutral";
  return <s-badge tone={tone}>{text(host, `badge.${standing}`)}</s-badge>;
}

/** Until when, as a list of facts: empty for what never expires or is out of reach anyway. */
export function expiryFacts(host: Host, { expiresAt }: Grant, standing: Standing): string[] {
  if (expiresAt === null || standing === "revoked") return [];
  const date = host.i18n.formatDate(new Date(expiresAt), { dateStyle: "medium", inExtensionLocale: true });
  return [text(host, "expires", { date })];
}
