import { json, type ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { reportBounce } from "~/domain/delivery/report-bounce.server";
import { readMailWebhook } from "~/http/mail-webhook.server";

const Report = z
  .object({
    messageId: z.string().max(998).optional(),
    deliveryId: z.string().max(100).optional(),
    kind: z.enum(["hard", "soft"]),
    reason: z.string().max(10_000).default(""),
  })
  .transform(({ messageId, deliveryId, ...report }) => ({ ...report, message: deliveryId ?? messageId ?? "" }))
  .refine(({ message }) => message !== "", "Name the message by messageId or deliveryId.");

/** Takes bounce reports from whoever runs the mail server; see README for what to send. */
export async function action({ request }: ActionFunctionArgs) {
  const webhook = await readMailWebhook(request);
  if (!webhook.ok) return refused(webhook.status, webhook.code, webhook.message);

  const report = Report.safeParse(jsonOf(webhook.rawBody));
  if (!report.success) return refused(422, "invalid_report", z.prettifyError(report.error));

  const { message, kind: bounce, reason } = report.data;
  const result = await reportBounce({ message, bounce, reason });
  if (result.kind === "refused") return refused(404, result.reason, "No message of ours has this id.");

  return json({ ok: true });
}

export function loader() {
  return refused(405, "method_not_allowed", "Bounce reports come by POST.");
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(status: number, code: string, message: string) {
  return json({ error: { code, message } }, { status });
}
