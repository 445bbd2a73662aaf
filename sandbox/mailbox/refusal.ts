/**
 * `reject` refuses all mail: `true` for good (550), a number with that SMTP code (400–599), a text with that
 * text, whose leading code counts if it has one ("451 Try again later").
 */
export type MailFaults = { reject?: number | boolean | string };

/** What to answer a sender while mail is refused; null when it is not. */
export function refusalFor({ reject }: MailFaults): Error | null {
  if (reject === undefined || reject === false || reject === 0 || reject === "") return null;
  if (reject === true) return replyWith(550, "Mailbox unavailable");
  if (typeof reject === "number") {
    return replyWith(reject, reject >= 400 && reject < 500 ? "Mailbox busy, try again later" : "Mailbox unavailable");
  }
  const match = /^([45]\d\d)[ -]?(.*)$/s.exec(reject);
  return match ? replyWith(Number(match[1]), match[2] || "Refused") : replyWith(550, reject);
}

/** An error that the SMTP server answers with `code`; one that is no refusal becomes 550. */
export function replyWith(code: number, text: string): Error {
  const isRefusal = Number.isInteger(code) && code >= 400 && code <= 599;
  return Object.assign(new Error(text.replace(/[\r\n]+/g, " ")), { responseCode: isRefusal ? code : 550 });
}
