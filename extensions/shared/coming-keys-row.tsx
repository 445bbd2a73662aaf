import type { Grant } from "./grant";
import { text, type Host } from "./host";
import { Row, StandingBadge } from "./row";

type Props = { host: Host; grant: Grant; coming: number; there: number };

/** Several keys of one product that are still to come, told of once. @param there  how many the customer has already */
export function ComingKeysRow({ host, grant, coming, there }: Props) {
  const toCome = text(host, "keysToCome", { count: coming });
  const fact =
    there === 0 ? toCome : text(host, "keysAndToCome", { keys: text(host, "keys", { count: there }), toCome });

  return (
    <Row
      title={grant.title}
      facts={[fact]}
      sentence={text(host, "state.waiting_keys", { count: coming })}
      outcome={null}
      action={<StandingBadge host={host} standing="waiting" />}
    />
  );
}
