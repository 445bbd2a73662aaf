import type { KeyObstacle, PageKeys } from "~/domain/page/page";
import { CopyButton, Instructions, Note } from "./card-parts";
import { day } from "./format";
import { Icon } from "./icons";
import { Machines } from "./machines";
import type { Addresses, Voice } from "./page-view";

const OBSTACLES: KeyObstacle[] = ["waiting", "held", "expired", "revoked"];

/** The license keys of one line: those that are there, and what keeps the others. */
export function KeysCard({ keys, voice, addresses }: { keys: PageKeys; voice: Voice; addresses: Addresses }) {
  const { speak, language } = voice;
  const missing = OBSTACLES.filter((obstacle) => keys.missing[obstacle] > 0);
  const badge = keys.keys.length === 0 ? missing[0] : undefined;

  return (
    <li className="card">
      <div className="top">
        <Icon of="keys" />
        <div className="what">
          <h3>
            <bdi>{keys.title}</bdi>
          </h3>
          <ul className="meta facts">
            <li>{countOf(keys, voice)}</li>
            {keys.expiresAt && (
              <li>
                <time dateTime={keys.expiresAt.toISOString()}>
                  {speak("until", { date: day(language, keys.expiresAt) })}
                </time>
              </li>
            )}
          </ul>
        </div>
        {badge && <span className={`badge badge-${badge}`}>{speak(`badge.${badge}`)}</span>}
      </div>
      {keys.keys.length > 0 && (
        <ul className="keys">
          {keys.keys.map(({ grantId, text, license }, index) => (
            <li key={grantId}>
              <div className="key" id={`key-${grantId}`}>
                {text === null ? (
                  <HiddenKey number={index + 1} voice={voice} action={addresses.reveal(grantId)} />
                ) : (
                  <ShownKey text={text} voice={voice} />
                )}
              </div>
              {license && <Machines grantId={grantId} license={license} voice={voice} addresses={addresses} />}
            </li>
          ))}
        </ul>
      )}
      {keys.keys.some(({ text }) => text === null) && <p className="meta hint">{speak("revealHint")}</p>}
      <p className="said" role="status" />
      {missing.map((obstacle) => (
        <Note kind={obstacle} key={obstacle}>
          {speak(`keysState.${sentenceOf(obstacle, keys)}`, { count: keys.missing[obstacle] })}
        </Note>
      ))}
      <Instructions text={keys.instructions} voice={voice} />
    </li>
  );
}

function ShownKey({ text, voice }: { text: string; voice: Voice }) {
  return (
    <>
      <code>
        <bdi>{text}</bdi>
      </code>
      <CopyButton text={text} label={`${voice.speak("key")} ${text}`} voice={voice} />
    </>
  );
}

/** The key itself is nowhere on the page. */
function HiddenKey({ number, voice: { speak }, action }: { number: number; voice: Voice; action: string }) {
  return (
    <form className="reveal" method="post" action={action}>
      <span className="dots" aria-hidden="true">
        ••••••••
      </span>
      <button type="submit">
        {speak("reveal")}
        <span className="apart"> {number}</span>
      </button>
    </form>
  );
}

/** Beside keys that are there, those that wait are told of as more. */
function sentenceOf(obstacle: KeyObstacle, { keys }: PageKeys) {
  return obstacle === "waiting" && keys.length > 0 ? "moreWaiting" : obstacle;
}

/** "3 keys and 2 to come" */
function countOf({ keys, missing }: PageKeys, { speak }: Voice): string {
  const there = speak("keys", { count: keys.length });
  if (missing.waiting === 0) return keys.length === 0 ? speak("key") : there;

  const toCome = speak("keysToCome", { count: missing.waiting });
  return keys.length === 0 ? toCome : speak("keysWithToCome", { keys: there, toCome });
}
