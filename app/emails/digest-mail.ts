import { escapeHtml } from "./escape-html";
import { colorOf, fontOf } from "./styles";

export type DigestFacts = {
  orders: { name: string; state: "failed" | "unaddressed"; problem: string | null }[];
  hasMore: boolean;
  /** Pools that began to run low. */
  pools: { name: string; available: number; daysLeft: number | null }[];
  /** Where the merchant sees all orders and sends again. */
  ordersUrl: string;
  /** Where keys are imported. */
  poolsUrl: string;
};

type Part = { intro: string; lines: string[]; where: string; url: string };

/** Tells a merchant that customers could not be told, and which keys run low. In English, as the admin is. */
export function digestMail({ orders, hasMore, pools, ordersUrl, poolsUrl }: DigestFacts) {
  const parts: Part[] = [];
  if (orders.length > 0) {
    const intro =
      "These customers paid and do not know yet how to get what they bought. Featherpost has stopped trying.";
    const lines = orders.map(({ name, state, problem }) => {
      return `${name}: ${state === "unaddressed" ? "the order has no email address." : (problem ?? "it failed.")}`;
    });
    parts.push({ intro, lines, where: "See them, and send again:", url: ordersUrl });
  }
  if (pools.length > 0) {
    const intro = "These license keys are running low. Whoever buys when there are none waits for your next import.";
    parts.push({ intro, lines: pools.map(poolLine), where: "Import keys:", url: poolsUrl });
  }
  const subject = subjectOf({ orders, hasMore, pools });

  const text = parts
    .map(({ intro, lines, where, url }) => {
      return [intro, lines.map((line) => `- ${line}`).join("\n"), `${where}\n${url}\n`].join("\n\n");
    })
    .join("\n\n");
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:24px;${fontOf("text")}color:${colorOf.text}">
${parts.map(partHtml).join("\n")}
</body></html>
`;
  return { subject, html, text };
}

function subjectOf({ orders, hasMore, pools }: Pick<DigestFacts, "orders" | "hasMore" | "pools">): string {
  const [first] = pools;
  if (orders.length > 0) {
    const count = hasMore ? `More than ${orders.length}` : String(orders.length);
    return `${count} ${orders.length === 1 && !hasMore ? "order" : "orders"} could not be told of their downloads`;
  }
  return pools.length === 1 && first ? `${first.name}: keys are running low` : `${pools.length} key pools run low`;
}

function poolLine({ name, available, daysLeft }: DigestFacts["pools"][number]): string {
  if (available === 0) return `${name}: no keys are left.`;
  const left = `${available.toLocaleString("en")} ${available === 1 ? "key is" : "keys are"} left`;
  if (daysLeft === null) return `${name}: ${left}.`;
  const days = daysLeft < 1 ? "less than a day" : daysLeft === 1 ? "about a day" : `about ${daysLeft} days`;
  return `${name}: ${left}, enough for ${days} at the pace of the last two weeks.`;
}

function partHtml({ intro, lines, where, url }: Part): string {
  const items = lines.map((line) => `<li style="margin:0 0 4px">${escapeHtml(line)}</li>`).join("");
  return `<p>${escapeHtml(intro)}</p><ul>${items}</ul>
<p>${where} <a href="${escapeHtml(url)}">${escapeHtml(url)}</a></p>`;
}
