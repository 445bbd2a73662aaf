import type { PageAsset, PageObstacle } from "~/domain/page/page";
import { CopyButton, Instructions, Note } from "./card-parts";
import { day, fileSize } from "./format";
import { Icon } from "./icons";
import type { Addresses, Voice } from "./page-view";

/** A file or an external link: what it is, how to get it, or what keeps it. */
export function AssetCard({ asset, voice, addresses }: { asset: PageAsset; voice: Voice; addresses: Addresses }) {
  const { title, obstacle, isStreamOnly, plays, file, grantId } = asset;
  const isOpen = obstacle === null;
  const canPlay = plays !== null && (isOpen || obstacle === "limit_reached");

  return (
    <li className="card" id={`grant-${grantId}`}>
      <div className="top">
        <Icon of={plays ?? asset.kind} />
        <div className="what">
          <h3>
            <bdi>{title}</bdi>
          </h3>
          {file && file.name !== title && (
            <p className="meta">
              <bdi>{file.name}</bdi>
            </p>
          )}
          <Facts asset={asset} voice={voice} />
        </div>
        {obstacle && <span className={`badge badge-${obstacle}`}>{voice.speak(`badge.${obstacle}`)}</span>}
        {isOpen && !isStreamOnly && <GetForm asset={asset} voice={voice} action={addresses.download(grantId)} />}
      </div>
      {canPlay && <Player asset={asset} voice={voice} addresses={addresses} />}
      {obstacle && <Note kind={obstacle}>{voice.speak(obstacleText(asset.kind, obstacle))}</Note>}
      <p className="said" role="status" />
      <Instructions text={asset.instructions} voice={voice} />
      {file?.sha256 && isOpen && <Checksum sha256={file.sha256} voice={voice} />}
    </li>
  );
}

function obstacleText(kind: PageAsset["kind"], obstacle: PageObstacle) {
  return kind === "link" && obstacle === "limit_reached" ? "linkState.limit_reached" : (`state.${obstacle}` as const);
}

function Facts({ asset, voice: { speak, language } }: { asset: PageAsset; voice: Voice }) {
  const { file, downloadsLeft, expiresAt, obstacle, grantId } = asset;
  const isUsable = obstacle === null || obstacle === "limit_reached";
  if (!file && downloadsLeft === null && !expiresAt) return null;

  return (
    <ul className="meta facts">
      {file && <li>{fileSize(language, file.sizeBytes)}</li>}
      {file && <li>{speak("version", { number: file.version })}</li>}
      {downloadsLeft !== null && isUsable && (
        <li id={`left-${grantId}`} data-left="">
          {speak(asset.kind === "link" ? "opensLeft" : "downloadsLeft", { count: downloadsLeft })}
        </li>
      )}
      {expiresAt && obstacle !== "revoked" && (
        <li>
          <time dateTime={expiresAt.toISOString()}>{speak("until", { date: day(language, expiresAt) })}</time>
        </li>
      )}
    </ul>
  );
}

function GetForm({
  asset: { kind, title },
  voice: { speak },
  action,
}: {
  asset: PageAsset;
  voice: Voice;
  action: string;
}) {
  const isLink = kind === "link";
  return (
    <form
      className="act"
      method="post"
      action={action}
      target={isLink ? "_blank" : undefined}
      rel={isLink ? "noopener noreferrer" : undefined}
      data-started={isLink ? undefined : speak("started")}
    >
      <button type="submit">
        {speak(isLink ? "open" : "download")}
        <span className="apart"> {title}</span>
      </button>
    </form>
  );
}

function Player({ asset, voice: { speak }, addresses }: { asset: PageAsset; voice: Voice; addresses: Addresses }) {
  const { title, plays, grantId, isStreamOnly } = asset;
  const stream = addresses.stream(grantId);
  const parts = {
    controls: true,
    preload: "none",
    src: stream.src,
    controlsList: "nodownload",
    "aria-label": speak("play", { title }),
    "data-source": stream.renewAt,
    "data-seconds": stream.seconds,
    "data-failed": speak("playFailed"),
  };
  return (
    <div className="plays">
      {plays === "video" ? <video {...parts} playsInline /> : <audio {...parts} />}
      {isStreamOnly && <p className="meta">{speak("streamOnly")}</p>}
    </div>
  );
}

function Checksum({ sha256, voice }: { sha256: string; voice: Voice }) {
  return (
    <details>
      <summary>{voice.speak("checksum")}</summary>
      <div className="sum">
        <code>{sha256}</code>
        <CopyButton text={sha256} label={voice.speak("checksum")} voice={voice} />
      </div>
      <p className="meta">{voice.speak("checksumHint")}</p>
    </details>
  );
}
