import { json, type ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import type { ImportReport } from "~/domain/key-import/import-report";
import { importKeys, type ImportKeysResult } from "~/domain/key-import/import-keys.server";
import { KEY_FILE_LIMITS } from "~/domain/key-import/key-file";
import { previewKeys, type KeyFilePreview } from "~/domain/key-import/preview-keys";
import { readUpload } from "~/http/read-upload.server";
import { requireShop } from "~/http/require-shop.server";
import { uuidParam } from "~/http/uuid-param";

const ImportForm = z.object({
  intent: z.enum(["preview", "import"]),
  hasHeader: z
    .enum(["yes", "no"])
    .transform((answer) => answer === "yes")
    .optional(),
  column: z.coerce.number().int().min(0).optional(),
});

export type ImportAnswer =
  | { kind: "preview"; preview: KeyFilePreview }
  | { kind: "imported"; report: ImportReport; served: number }
  | { kind: "refused"; message: string };

type Refusal = Extract<ImportKeysResult, { kind: "refused" }>["reason"] | "no_file";

const refusalText: Record<Refusal, (line: string) => string> = {
  empty: () => "This file is empty.",
  spreadsheet: () => "This is a spreadsheet workbook. In Excel choose “Save as”, “CSV UTF-8”, and import that file.",
  compressed: () => "This is a compressed file. Unpack it and import the CSV file that is in it.",
  pdf: () => "This is a PDF. Import a CSV or text file with one key per line.",
  picture: () => "This is a picture. Import a CSV or text file with one key per line.",
  too_many_targets: () => "The lines of this file name more than 1,000 different pools or SKUs. Split it.",
  not_text: () => "This is not a text file. Import a CSV file, or a text file with one key per line.",
  not_utf8: () => "Some characters of this file cannot be read. Save it as “CSV UTF-8” and try again.",
  too_large: () => "This file is larger than 20 MB. Split it and import the parts one after the other.",
  too_many_keys: () => "This file has more than 500,000 keys. Split it and import the parts one after the other.",
  line_too_long: (line) =>
    `${line} is longer than 64 KB, so this is probably not a list of keys. Nothing was imported.`,
  unclosed_quote: (line) => `A quotation mark opened on or after ${line} is never closed. Nothing was imported.`,
  no_keys: () => "There is no key in this file.",
  column_needed: () => "This file has several columns. Choose the one that holds the keys.",
  unknown_column: () => "The column you chose is not in this file. Choose another.",
  unknown_pool: () => "This pool no longer exists.",
  no_file: () => "Choose a file first.",
};

/** Looks at a file of keys, or imports it. */
export async function action({ request, params }: ActionFunctionArgs) {
  const shop = await requireShop(request);
  const poolId = uuidParam(params, "poolId");
  const upload = await readUpload(request, KEY_FILE_LIMITS.bytes);
  if (upload.kind === "refused") return refused(upload.reason, null);

  const form = ImportForm.safeParse(upload.fields);
  if (!form.success) return refused("unknown_column", null);

  const { intent, ...choice } = form.data;
  const { fileName, body } = upload;
  if (intent === "preview") {
    const result = await previewKeys({ body, hasHeader: choice.hasHeader });
    return result.kind === "refused" ? refused(result.reason, result.line) : json<ImportAnswer>(result);
  }

  const { id: shopId, actor } = shop;
  const result = await importKeys({ shopId, poolId, fileName, body, ...choice, actor, now: new Date() });
  if (result.kind === "refused") return refused(result.reason, result.line);
  return json<ImportAnswer>({ kind: "imported", report: result.report, served: result.served });
}

function refused(reason: Refusal, line: number | null) {
  const message = refusalText[reason](line === null ? "A line" : `Line ${line.toLocaleString("en")}`);
  return json<ImportAnswer>({ kind: "refused", message }, reason === "unknown_pool" ? 404 : 422);
}
