import { randomUUID } from "node:crypto";
import { simpleParser, type HeaderValue, type ParsedMail } from "mailparser";
import type { SMTPServerEnvelope } from "smtp-server";

export type Message = {
  id: string;
  /** As in the header: `"Sound Shop" <mail@example.com>`. */
  from: string;
  /** The addresses it was sent to, those in Cc and Bcc too. */
  to: string[];
  subject: string;
  /** Empty when the message has no such part; likewise `text`. */
  html: string;
  text: string;
  /** By lower-case name, decoded where that makes a text; several of one name are joined by ", ". */
  headers: Record<string, string>;
  /** ISO 8601, UTC. */
  receivedAt: string;
};

/** Reads one message as it came over SMTP. */
export async function readMessage(raw: Buffer, envelope: SMTPServerEnvelope, receivedAt: Date): Promise<Message> {
  const mail = await simpleParser(raw, { skipTextToHtml: true, skipHtmlToText: true, skipImageLinks: true });
  return {
    id: randomUUID(),
    from: mail.from?.text ?? (envelope.mailFrom ? envelope.mailFrom.address : ""),
    to: envelope.rcptTo.map((recipient) => recipient.address),
    subject: mail.subject ?? "",
    html: mail.html === false ? "" : mail.html,
    text: mail.text ?? "",
    headers: headersOf(mail),
    receivedAt: receivedAt.toISOString(),
  };
}

function headersOf({ headers, headerLines }: ParsedMail): Record<string, string> {
  const lines = new Map<string, string[]>();
  for (const { key, line } of headerLines) {
    const raw = line
      .slice(line.indexOf(":") + 1)
      .replace(/\r?\n(?=[ \t])/g, "")
      .trim();
    lines.set(key, [...(lines.get(key) ?? []), raw]);
  }
  return Object.fromEntries(
    [...lines].map(([name, raw]) => [name, decoded(headers.get(name)) ?? raw.join(", ")] as const),
  );
}

/** The parser's decoded text of a header, for those it gives as a text or as addresses. */
function decoded(value: HeaderValue | undefined): string | undefined {
  if (typeof value === "string") return value;
  if (Array.isArray(value) || value === undefined || value instanceof Date) return undefined;
  return "text" in value && typeof value.text === "string" ? value.text : undefined;
}
