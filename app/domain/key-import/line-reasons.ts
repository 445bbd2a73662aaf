import type { LineReason } from "./import-report";
import { KEY_FILE_LIMITS } from "./key-file";

/** Why a line adds no key, in words for the merchant. */
export const lineReasonText: Record<LineReason, string> = {
  duplicate_in_file: "Stands in the file more than once",
  already_here: "You have this key already",
  unknown_pool: "There is no pool of the name on this line",
  unknown_sku: "No variant with this SKU gives keys of a pool",
  sku_of_many_pools: "Variants with this SKU give keys of several pools",
  no_key: "There is no key on this line",
  too_long: `Longer than ${KEY_FILE_LIMITS.keyCharacters} characters`,
  line_break: "Quotation marks run over several lines",
  invisible_characters: "Contains invisible or damaged characters",
  stray_quote: "Contains a stray quotation mark",
  bad_limit: "The activation limit is not a whole number up to 100,000",
  bad_expiry: "The expiry is not a date like 2027-12-31",
  note_too_long: `The note is longer than ${KEY_FILE_LIMITS.noteCharacters} characters`,
};
