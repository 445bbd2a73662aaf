import type { CustomerActivation, CustomerLicense } from "~/domain/activation/customer-license";
import { day } from "./format";
import type { Addresses, Voice } from "./page-view";

type Props = { grantId: string; license: CustomerLicense; voice: Voice; addresses: Addresses };

/** On which machines a key is used, and how the customer names them and frees their places. Works without a script. */
export function Machines({ grantId, license, voice, addresses }: Props) {
  const { activations, activationLimit, used } = license;
  if (used === 0 && activationLimit === null) return null;

  return (
    <details className="machines">
      <summary>{countOf(license, voice)}</summary>
      <div id={`machines-${grantId}`}>
        {used === 0 && <p className="meta">{voice.speak("machinesNone")}</p>}
        <ul>
          {activations.map((machine) => (
            <Machine key={machine.id} machine={machine} license={license} voice={voice} addresses={addresses} />
          ))}
        </ul>
      </div>
    </details>
  );
}

/** "2 of 3 machines in use" */
function countOf({ used, activationLimit }: CustomerLicense, { speak }: Voice): string {
  if (activationLimit === null) return speak("machines", { count: used });
  return speak("machinesOf", { used, count: activationLimit });
}

type MachineProps = Omit<Props, "grantId"> & { machine: CustomerActivation };

function Machine({ machine, license, voice, addresses }: MachineProps) {
  const { speak, language } = voice;
  const { id, name, fingerprintEnd, createdAt, seenAt, isPaused } = machine;
  const title = name ?? speak("machineUnnamed", { end: fingerprintEnd });
  const address = addresses.machine(id);

  return (
    <li className="machine">
      <h4>
        <bdi>{title}</bdi>
        {isPaused && <span className="badge badge-held">{speak("machinePaused")}</span>}
      </h4>
      <ul className="meta facts">
        <li>
          <time dateTime={createdAt.toISOString()}>{speak("machineSince", { date: day(language, createdAt) })}</time>
        </li>
        <li>
          <time dateTime={seenAt.toISOString()}>{speak("machineSeen", { date: day(language, seenAt) })}</time>
        </li>
      </ul>
      <details>
        <summary>
          {speak("rename")}
          <span className="apart"> {title}</span>
        </summary>
        <form className="rename" method="post" action={address}>
          <input type="hidden" name="intent" value="name" />
          <label>
            {speak("machineName")}
            <input name="name" defaultValue={name ?? ""} maxLength={60} required autoComplete="off" />
          </label>
          <button type="submit">{speak("save")}</button>
        </form>
      </details>
      {!isPaused && <Free license={license} voice={voice} title={title} address={address} />}
    </li>
  );
}

type FreeProps = { license: CustomerLicense; voice: Voice; title: string; address: string };

/** The press that opens it asks, the button in it answers: no place is freed by a slip. */
function Free({ license: { frees }, voice: { speak, language }, title, address }: FreeProps) {
  const cannot = frees.nextAt
    ? speak("refusal.frees_used", { date: day(language, frees.nextAt) })
    : speak("refusal.frees_off");
  return (
    <details>
      <summary>
        {speak("free")}
        <span className="apart"> {title}</span>
      </summary>
      {frees.left === 0 ? (
        <p className="meta">{cannot}</p>
      ) : (
        <form method="post" action={address}>
          <input type="hidden" name="intent" value="free" />
          <p className="meta">
            {speak("freeText")} {speak("freesLeft", { count: frees.left })}
          </p>
          <button type="submit">
            {speak("freeNow")}
            <span className="apart"> {title}</span>
          </button>
        </form>
      )}
    </details>
  );
}
