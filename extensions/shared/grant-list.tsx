import { Fragment } from "preact";
import type { OrderProof } from "./deliveries";
import { FileRow } from "./file-row";
import { standingOf, type Grant } from "./grant";
import { text, type Host } from "./host";
import { KeyRow } from "./key-row";

type Props = {
  host: Host;
  grants: Grant[];
  proof: OrderProof;
  /** A grant is known to be other than before. */
  onChanged: (grant: Grant) => void;
  /** The app refused what the list offers: it is out of date. */
  onStale: () => void;
};

/** Everything an order gives, one row each. */
export function GrantList({ host, grants, proof, onChanged, onStale }: Props) {
  const now = new Date();
  const ready = grants.filter((grant) => standingOf(grant, now) === "ready");
  const isLimited = ready.some((grant) => grant.kind !== "key" && grant.downloadsLeft !== null);
  const hasKey = ready.some((grant) => grant.kind === "key" && grant.key !== null);
  const hasHidden = ready.some((grant) => grant.isHidden);

  return (
    <s-stack gap="base">
      {isLimited && <s-text color="subdued">{text(host, "limitHint")}</s-text>}
      {hasKey && <s-text color="subdued">{text(host, "keyHint")}</s-text>}
      {hasHidden && <s-text color="subdued">{text(host, "revealHint")}</s-text>}
      <s-stack gap="base" accessibilityRole="unordered-list">
        {grants.map((grant, index) => (
          <Fragment key={grant.id}>
            {index > 0 && <s-divider />}
            <s-stack accessibilityRole="list-item">
              {grant.kind === "key" ? (
                <KeyRow
                  host={host}
                  grant={grant}
                  standing={standingOf(grant, now)}
                  proof={proof}
                  onChanged={onChanged}
                  onStale={onStale}
                />
              ) : (
                <FileRow
                  host={host}
                  grant={grant}
                  standing={standingOf(grant, now)}
                  proof={proof}
                  onChanged={onChanged}
                  onStale={onStale}
                />
              )}
            </s-stack>
          </Fragment>
        ))}
      </s-stack>
    </s-stack>
  );
}
