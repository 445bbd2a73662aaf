import type { AttachmentTerms } from "~/domain/attachment/terms";

/** In a few words, how an attachment differs from what the shop's settings say. */
export function termsInShort(terms: AttachmentTerms): string[] {
  const { downloadLimit, accessDays, updatePolicy, updateMonths, streamOnly, instructions } = terms;
  return [
    ...(downloadLimit === null
      ? []
      : [downloadLimit === 0 ? "unlimited downloads" : counted(downloadLimit, "download")]),
    ...(accessDays === null ? [] : [accessDays === 0 ? "access never ends" : counted(accessDays, "day")]),
    ...(updatePolicy === "latest" ? ["new versions"] : []),
    ...(updatePolicy === "bought" ? ["no new versions"] : []),
    ...(updatePolicy === "months" ? [`new versions for ${counted(updateMonths ?? 0, "month")}`] : []),
    ...(streamOnly ? ["plays only"] : []),
    ...(instructions === null ? [] : ["with instructions"]),
  ];
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}
