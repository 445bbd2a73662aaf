import { escapeHtml } from "./escape-html";
import { colorOf, fontOf } from "./styles";

export type DigestFacts = {
  orders: { name: string; state: "failed" | "unaddressed"; problem: string | null }[];
  hasMore: boolean;
  /** Where the merchant sees all of them and sends again. */
  url: string;
};

/** Tells a merchant that customers could not be told. In English, as the admin is. */
export function digestMail({ orders, hasMore, url }: DigestFacts) {
  const count = hasMore ? `More than ${orders.length}` : String(orders.length);
  const subject = `${count} ${orders.length === 1 && !hasMore ? "order" : "orders"} could not be told of their downloads`;
  const intro = "These customers paid and do not know yet how to get what they bought. Featherpost has stopped trying.";
  const lines = orders.map(({ name, state, problem }) => {
    return `${name}: ${state === "unaddressed" ? "the order has no email address." : (problem ?? "it failed.")}`;
  });
  const where = "See them, and send again:";

  const text = [intro, lines.map((line) => `- ${line}`).join("\n"), `${where}\n${url}\n`].join("\n\n");
  const items = lines.map((line) => `<li style="margin:0 0 4px">${escapeHtml(line)}</li>`).join("");
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:24px;${fontOf("text")}color:${colorOf.text}">
<p>${escapeHtml(intro)}</p><ul>${items}</ul>
<p>${where} <a href="${escapeHtml(url)}">${escapeHtml(url)}</a></p>
</body></html>
`;
  return { subject, html, text };
}
