import { json, type ActionFunctionArgs, type LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import type { AuditActor } from "~/domain/audit/actions";
import { cancelImport } from "~/domain/key-import/cancel-import.server";
import { findImport } from "~/domain/key-import/find-import.server";
import { KeyFileChoice } from "~/domain/key-import/key-file-choice";
import { startAdding } from "~/domain/key-import/start-adding.server";
import { startCheck } from "~/domain/key-import/start-check.server";
import { jsonError } from "~/http/json-error";
import { readJson } from "~/http/read-json";
import { requireShop } from "~/http/require-shop.server";
import { uuidParam } from "~/http/uuid-param";

const ImportAction = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("check"), choice: KeyFileChoice.default({}) }),
  z.object({ intent: z.enum(["add", "cancel"]) }),
]);

const refusalText = {
  not_waiting: "This import is being worked on, or has ended.",
  not_checked: "This import is not checked, or has ended.",
  ended: "This import has ended.",
};

/** How far an import is, and what its check found. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const shop = await requireShop(request);
  const found = await findImport(shop.id, uuidParam(params, "importId"));
  if (!found) return jsonError(404, "unknown_import", "This import no longer exists.");

  return json(found, { headers: { "Cache-Control": "no-store" } });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const target = { shopId: shop.id, importId: uuidParam(params, "importId") };
  const body = await readJson(request, ImportAction);
  if (!body.ok) return jsonError(422, "bad_request", body.message);

  const result = await act(target, body.fields, shop.actor);
  if (result.kind === "refused") return jsonError(409, result.reason, refusalText[result.reason]);
  return json({ kind: result.kind });
}

function act(target: { shopId: string; importId: string }, fields: z.infer<typeof ImportAction>, actor: AuditActor) {
  if (fields.intent === "check") return startCheck({ ...target, choice: fields.choice });
  return fields.intent === "add" ? startAdding({ ...target, actor }) : cancelImport({ ...target, now: new Date() });
}
