import nodemailer from "nodemailer";
import { env } from "~/env.server";
import type { Mail } from "./mail";
import { problemText } from "./problem-text";

const CONNECT_MS = 10_000;
const SILENCE_MS = 30_000;
const SEND_MS = 60_000;
const IDLE_MS = 10_000;

export type SendMailResult =
  /** The mail server took it. */
  | { kind: "sent" }
  /** Refused for good: trying again would end the same. */
  | { kind: "bounced"; problem: string }
  /** The mail server is away, busy or wrongly set up: to be tried again. */
  | { kind: "postponed"; problem: string };

const transport = nodemailer.createTransport({
  url: env.SMTP_URL,
  pool: true,
  maxConnections: 5,
  maxMessages: 100,
  idleTimeout: IDLE_MS,
  connectionTimeout: CONNECT_MS,
  greetingTimeout: CONNECT_MS,
  socketTimeout: SILENCE_MS,
  // A title or a template may not make the sender read a file or call an address.
  disableFileAccess: true,
  disableUrlAccess: true,
});

/** Hands one message to the mail server; never takes longer than a minute. */
export async function sendMail({ messageId, from, to, replyTo, subject, html, text }: Mail): Promise<SendMailResult> {
  try {
    await transport.sendMail({
      messageId,
      from,
      to: { name: "", address: to },
      replyTo: replyTo ?? undefined,
      subject,
      html,
      text,
      headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
      signal: AbortSignal.timeout(SEND_MS),
    });
    return { kind: "sent" };
  } catch (error) {
    return { kind: isForGood(error) ? "bounced" : "postponed", problem: problemOf(error) };
  }
}

type SmtpError = { code?: string; responseCode?: number; response?: string; message: string };

/** Not a server that will not talk to us at all: that is for whoever runs the app to set right. */
const ABOUT_THE_MESSAGE = new Set(["EENVELOPE", "EMESSAGE"]);
const SIGN_IN_CODES = new Set([503, 530, 534, 535, 538]);

function isForGood(error: unknown): boolean {
  const { code = "", responseCode } = smtpErrorOf(error);
  if (!ABOUT_THE_MESSAGE.has(code)) return false;
  return responseCode === undefined || (responseCode >= 500 && !SIGN_IN_CODES.has(responseCode));
}

function problemOf(error: unknown): string {
  const { code, response, message } = smtpErrorOf(error);
  const words = response ? `The mail server answered: ${response}` : (sentences[code ?? ""] ?? message);
  return problemText(words);
}

const sentences: Record<string, string> = {
  ESOCKET: "The mail server cannot be reached.",
  ECONNECTION: "The mail server closed the connection.",
  ETIMEDOUT: "The mail server did not answer in time.",
  EABORT: "The mail server did not answer in time.",
  EDNS: "The mail server's name is not known.",
  ETLS: "No secure connection to the mail server could be made.",
  ENOAUTH: "The mail server asks for a sign-in, and none is set.",
};

function smtpErrorOf(error: unknown): SmtpError {
  return error instanceof Error ? error : { message: String(error) };
}
