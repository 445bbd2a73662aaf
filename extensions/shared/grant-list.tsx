import { Fragment } from "preact";
import type { OrderProof } from "./deliveries";
import { ComingKeysRow } from "./coming-keys-row";
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
        {rowsOf(grants).map(({ grant, coming, there }, index) => (
          <Fragment key={grant.id}>
            {index > 0 && <s-divider />}
            <s-stack accessibilityRole="list-item">
              {coming > 1 || (coming === 1 && there > 0) ? (
                <ComingKeysRow host={host} grant={grant} coming={coming} there={there} />
              ) : grant.kind === "key" ? (
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

/** `coming`: keys of the same product that wait, the row's own among them; `there`: those that are here already. */
type GrantRow = { grant: Grant; coming: number; there: number };

/** A row for each grant, but one for all keys of a product that are still to come. */
function rowsOf(grants: Grant[]): GrantRow[] {
  const ofProduct = (grant: Grant) => grants.filter(({ kind, title }) => kind === "key" && title === grant.title);
  return grants.flatMap((grant) => {
    if (grant.kind !== "key" || grant.state !== "waiting") return [{ grant, coming: 0, there: 0 }];
    const keys = ofProduct(grant);
    const waiting = keys.filter(({ state }) => state === "waiting");
    if (waiting[0] !== grant) return [];
    return [{ grant, coming: waiting.length, there: keys.filter(({ state }) => state === "active").length }];
  });
}
