import { ask } from "./channel.ts";

type PickerOptions = {
  type: "product" | "variant" | "collection";
  action?: "add" | "select";
  multiple?: boolean | number;
  query?: string;
  filter?: { query?: string; variants?: boolean };
  selectionIds?: { id: string; variants?: { id: string }[] }[];
};

/** @returns what was picked, as App Bridge gives it; undefined when the merchant cancelled */
export async function pick(options: PickerOptions) {
  if (options.type === "collection") throw new Error("The sandbox's shop has no collections to pick from.");
  const picked = await ask("resourcePicker", {
    type: options.type,
    action: options.action ?? "add",
    multiple: options.multiple ?? false,
    query: options.query ?? "",
    filterQuery: options.filter?.query ?? "",
    showVariants: options.filter?.variants !== false,
    selectionIds: (options.selectionIds ?? []).map(({ id, variants }) => ({ id, variants })),
  });
  return picked ? Object.assign(picked, { selection: picked }) : undefined;
}
