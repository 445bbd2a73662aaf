import { domainToASCII } from "node:url";
import { lookUpTxt, type LookUpTxt } from "~/gateways/dns/look-up-txt.server";
import { domainsUpFrom, judgeDkim, judgeDmarc, judgeSpf, type RecordVerdict, type SenderCheck } from "./sender-records";

/**
 * Looks up whether receivers will believe that mail of this address comes from it.
 *
 * @param selector  the name of the DKIM key, as the mail provider calls it; null when it is not known
 * @returns null when the address has no domain that could be looked up.
 */
export async function checkSender(
  address: string,
  selector: string | null,
  lookUp: LookUpTxt = (name) => lookUpTxt(name),
): Promise<SenderCheck | null> {
  const domain = domainToASCII(address.slice(address.lastIndexOf("@") + 1).toLowerCase());
  if (!/^([a-z0-9_-]{1,63}\.)+[a-z0-9-]{2,63}$/.test(domain)) return null;

  const [spf, dkim, dmarc] = await Promise.all([
    lookUp(domain).then((answer) => judgeSpf(domain, answer)),
    checkDkim(domain, selector, lookUp),
    checkDmarc(domain, lookUp),
  ]);
  return { domain, spf, dkim, dmarc };
}

async function checkDkim(domain: string, selector: string | null, lookUp: LookUpTxt): Promise<RecordVerdict> {
  if (!selector) {
    const sentence = "Enter the selector that your mail provider uses, such as “default” or “k1”, to look up its key.";
    return { state: "unknown", sentence, record: null };
  }
  const name = `${selector.toLowerCase()}._domainkey.${domain}`;
  return judgeDkim(name, await lookUp(name));
}

/** A subdomain without a record of its own is under that of the domain above it. */
async function checkDmarc(domain: string, lookUp: LookUpTxt): Promise<RecordVerdict> {
  for (const at of domainsUpFrom(domain)) {
    const answer = await lookUp(`_dmarc.${at}`);
    if (answer.kind === "unanswered" || holdsDmarc(answer.kind === "found" ? answer.records : [])) {
      return judgeDmarc(at, answer);
    }
  }
  return judgeDmarc(domain, { kind: "none" });
}

function holdsDmarc(records: string[]): boolean {
  return records.some((record) => /^\s*v=DMARC1/i.test(record));
}
