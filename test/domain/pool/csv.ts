/** A file as it arrives: whole lines of text, or bytes, in chunks of 64 KB. */
export async function* csv(content: string | string[] | Uint8Array): AsyncGenerator<Uint8Array> {
  const bytes =
    content instanceof Uint8Array ? content : Buffer.from(typeof content === "string" ? content : content.join("\n"));
  for (let from = 0; from < bytes.length; from += 65_536) yield bytes.subarray(from, from + 65_536);
}
