import type { TxtAnswer } from "~/gateways/dns/look-up-txt.server";

/** What one record says, judged: what is wrong, in words, and what to do. */
export type RecordVerdict = { state: "good" | "weak" | "wrong" | "unknown"; sentence: string; record: string | null };

export type SenderCheck = { domain: string; spf: RecordVerdict; dkim: RecordVerdict; dmarc: RecordVerdict };

const unanswered: RecordVerdict = {
  state: "unknown",
  sentence: "The name servers did not answer. Try again in a moment.",
  record: null,
};

const MAX_LOOKUPS = 10; // RFC 7208, section 4.6.4

/** SPF (RFC 7208): which servers may send for the domain. */
export function judgeSpf(domain: string, answer: TxtAnswer): RecordVerdict {
  if (answer.kind === "unanswered") return unanswered;
  const [record, ...others] = recordsOf(answer, /^v=spf1(\s|$)/i);
  if (!record) {
    return wrong(
      `${domain} has no SPF record. Publish a TXT record that begins with v=spf1 and names the mail server you send through.`,
    );
  }
  if (others.length > 0) {
    return wrong(
      `${domain} has ${others.length + 1} SPF records; with more than one, none counts. Make them one.`,
      record,
    );
  }
  const terms = record.toLowerCase().split(/\s+/).slice(1);
  if (terms.includes("+all") || terms.includes("all")) {
    return wrong("It lets every server in the world send in your name. End it with ~all or -all instead.", record);
  }
  const lookUps = terms.filter((term) => /^[+?~-]?(include:|a([:/]|$)|mx([:/]|$)|ptr|exists:)|^redirect=/.test(term));
  if (lookUps.length > MAX_LOOKUPS) {
    return wrong(
      `It needs ${lookUps.length} further look-ups; receivers stop after ${MAX_LOOKUPS}, and it fails.`,
      record,
    );
  }
  if (!terms.some((term) => /^([~?-]all$|redirect=)/.test(term))) {
    return weak("It does not say what to think of other servers. End it with ~all or -all.", record);
  }
  if (terms.includes("?all")) return weak("It ends in ?all, which says nothing. Use ~all or -all.", record);
  const isEmpty = terms.every((term) => /^[~-]all$/.test(term));
  if (isEmpty)
    return wrong("It lets no server send for this domain at all. Add the mail server you send through.", record);
  return { state: "good", sentence: "It is in order, as long as it names the mail server you send through.", record };
}

/** DKIM (RFC 6376): the key that proves a signature. */
export function judgeDkim(name: string, answer: TxtAnswer): RecordVerdict {
  if (answer.kind === "unanswered") return unanswered;
  const [record, ...others] = recordsOf(answer, /(^|;)\s*(v=DKIM1|p=)/i);
  if (!record) {
    return wrong(
      `There is no DKIM key at ${name}. Publish the one that your mail provider shows you, or check the selector.`,
    );
  }
  if (others.length > 0)
    return wrong(`There are ${others.length + 1} DKIM keys at ${name}. Only one may stand there.`, record);

  const tags = tagsOf(record);
  const key = (tags.get("p") ?? "").replaceAll(/\s/g, "");
  if (key === "") return wrong("This key was taken back: its p= is empty. Publish the current one.", record);
  if (!/^[a-z0-9+/]+={0,2}$/i.test(key))
    return wrong("The key in p= is damaged. Copy it again from your mail provider.", record);
  const bytes = Math.floor((key.length * 3) / 4);
  const kind = (tags.get("k") ?? "rsa").toLowerCase();
  // A public RSA key of 1024 bits takes 162 bytes, one of 2048 bits 294.
  if (kind === "rsa" && bytes < 150) return wrong("This key is shorter than 1024 bits; receivers ignore it.", record);
  if (tags.get("t")?.split(":").includes("y")) {
    return weak("It says t=y, “only testing”: receivers may treat your mail as unsigned. Take that out.", record);
  }
  if (kind === "rsa" && bytes < 280) return weak("It works, but has only 1024 bits. Use 2048 when you can.", record);
  return { state: "good", sentence: "The key is there. Your mail provider signs with it.", record };
}

/** DMARC (RFC 7489): what receivers do with mail that is neither. `domain` is where the record was found. */
export function judgeDmarc(domain: string, answer: TxtAnswer): RecordVerdict {
  if (answer.kind === "unanswered") return unanswered;
  const [record, ...others] = recordsOf(answer, /^v=DMARC1\s*(;|$)/i);
  if (!record) {
    const text = `_dmarc.${domain}`;
    return wrong(
      `${domain} has no DMARC record. Publish a TXT record at ${text}: v=DMARC1; p=quarantine. Large mail services ask for one.`,
    );
  }
  if (others.length > 0) {
    return wrong(`There are ${others.length + 1} DMARC records; with more than one, none counts. Keep one.`, record);
  }
  const policy = tagsOf(record).get("p")?.toLowerCase() ?? "";
  if (!["none", "quarantine", "reject"].includes(policy)) {
    return wrong("Its p= must be none, quarantine or reject; as it is, receivers ignore it.", record);
  }
  if (policy === "none") {
    return weak(
      "It only watches (p=none): others can send in your name. Use p=quarantine once your mail passes.",
      record,
    );
  }
  return { state: "good", sentence: `Receivers ${policy} mail that is not yours.`, record };
}

/** The domain a record may stand at, from the nearest up: shop.example.co, example.co. Never a bare top level. */
export function domainsUpFrom(domain: string): string[] {
  const labels = domain.split(".");
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join("."));
}

function recordsOf(answer: TxtAnswer, pattern: RegExp): string[] {
  return answer.kind === "found"
    ? answer.records.map((record) => record.trim()).filter((one) => pattern.test(one))
    : [];
}

function tagsOf(record: string): Map<string, string> {
  return new Map(
    record.split(";").flatMap((part) => {
      const [, name, value] = /^\s*([a-z0-9_]+)\s*=\s*(.*?)\s*$/is.exec(part) ?? [];
      return name ? [[name.toLowerCase(), value ?? ""] as const] : [];
    }),
  );
}

function wrong(sentence: string, record: string | null = null): RecordVerdict {
  return { state: "wrong", sentence, record };
}

function weak(sentence: string, record: string): RecordVerdict {
  return { state: "weak", sentence, record };
}
