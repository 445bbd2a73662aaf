import type { Evidence, EvidenceDownload, EvidenceGrant } from "./evidence";

/** A part of the printed evidence: its heading and, of each thing in it, a line that names it and what is known of it. */
export type EvidenceSection = { heading: string; items: { title: string; facts: string[] }[]; none: string };

/** The evidence in words, for a person at a bank who has never heard of us. */
export function evidenceSections(evidence: Evidence): EvidenceSection[] {
  const { order, customer, lines, grants, messages, downloads, downloadsLeftOut, history } = evidence;
  return [
    {
      heading: "Order",
      none: "",
      items: [
        {
          title: `Order ${order.name}, sold by ${evidence.shop.name ?? evidence.shop.domain}`,
          facts: facts({
            "Shopify's id": order.shopifyId,
            Shop: evidence.shop.domain,
            Placed: moment(order.placedAt),
            Paid: moment(order.paidAt),
            "Payment status": words(order.financialStatus),
            Cancelled: moment(order.cancelledAt),
            "Sold through": order.source,
            "Risk, as Shopify assessed it": order.riskLevel,
            "Marked as fulfilled in Shopify": moment(order.fulfilledAt),
            "Dispute opened": moment(order.disputedAt),
          }),
        },
        {
          title: `Customer ${customer.email ?? "(no email address is held)"}`,
          facts: facts({ "Shopify's id": customer.shopifyId }),
        },
      ],
    },
    {
      heading: "What was bought",
      none: "Nothing.",
      items: lines.map(({ title, variant, sku, quantity, currentQuantity }) => ({
        title: `${quantity} × ${title}${variant ? `, ${variant}` : ""}`,
        facts: facts({
          SKU: sku,
          "Left after refunds and edits": currentQuantity === quantity ? null : `${currentQuantity}`,
        }),
      })),
    },
    { heading: "What the customer was given", none: "Nothing.", items: grants.map(grantItem) },
    {
      heading: "Messages to the customer",
      none: "None.",
      items: messages.map(({ kind, state, to, createdAt, sentAt, attempts }) => ({
        title: `“${words(kind)}”: ${state === "sent" ? `sent ${moment(sentAt)}` : words(state)}`,
        facts: facts({ To: to, Due: moment(createdAt), Attempts: `${attempts}` }),
      })),
    },
    {
      heading: "Downloads",
      none: "None.",
      items: [
        ...downloads.map(downloadItem),
        ...(downloadsLeftOut > 0 ? [{ title: `${downloadsLeftOut} earlier entries are left out`, facts: [] }] : []),
      ],
    },
    {
      heading: "History",
      none: "None.",
      items: history.map(({ at, actor, name, what, ip, userAgent }) => ({
        title: `${moment(at)}: ${words(what)}, by ${who(actor, name)}`,
        facts: facts({ "From address": ip, With: userAgent }),
      })),
    },
  ];
}

function grantItem(grant: EvidenceGrant) {
  const { kind, title, line, state, key, downloads, downloadLimit } = grant;
  return {
    title: key ? `License key ending in ${key.end}, from ${title}` : `${kind === "link" ? "Link" : "File"} ${title}`,
    facts: facts({
      For: line,
      Given: moment(grant.grantedAt),
      State: state,
      Revoked: moment(grant.revokedAt),
      "Access ends": moment(grant.expiresAt),
      "First seen by the customer": key ? (moment(key.shownAt) ?? "not yet") : null,
      Downloaded: kind === "key" ? null : `${downloads} of ${downloadLimit ?? "any number of"} times`,
    }),
  };
}

function downloadItem(download: EvidenceDownload) {
  const { at, outcome, title, fileName, version, sizeBytes, sha256, ip, userAgent } = download;
  const what = fileName ?? title;
  return {
    title: `${moment(at)}: ${outcomeText(outcome)} ${what}`,
    facts: facts({
      "From address": ip,
      With: userAgent,
      Version: version === null ? null : `${version}, ${sizeBytes?.toLocaleString("en") ?? "?"} bytes`,
      "SHA-256": sha256,
    }),
  };
}

function outcomeText(outcome: string): string {
  if (outcome === "started") return "downloaded";
  if (outcome === "repeated") return "downloaded again";
  return `refused (${words(outcome)})`;
}

function facts(known: Record<string, string | null>): string[] {
  return Object.entries(known).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
}

function moment(at: string | null): string | null {
  return at && `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
}

function words(text: string): string {
  return text.replaceAll("_", " ");
}

function who(actor: string, name: string | null): string {
  if (actor.startsWith("token:")) return `the shop's own software (API token${name ? ` “${name}”` : ""})`;
  if (actor.startsWith("person:"))
    return `staff (${name ? `${name}, ` : ""}Shopify user ${actor.slice("person:".length)})`;
  const known: Record<string, string> = {
    shopify: "Shopify",
    sweep: "Shopify, when asked",
    customer: "the customer",
    software: "the customer's software",
  };
  return known[actor] ?? "Featherpost";
}
