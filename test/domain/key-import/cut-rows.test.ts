import { parse, type Info } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutRows, type CutRows } from "~/domain/key-import/cut-rows";
import { readRows } from "~/domain/key-import/read-rows";

const columns = { key: 0, pool: null, sku: null, activationLimit: null, expiresAt: null, note: 1 };
const texts = fc
  .array(fc.constantFrom("a", "b", '"', '""', ",", "\n", " ", '"a\n"', "a,b\n"))
  .map((parts) => parts.join(""));
const sizes = fc.integer({ min: 1, max: 9 });

describe("cutRows", () => {
  test("given any text, when it is cut and each piece is parsed by itself, then its rows are those of the whole", async () => {
    await fc.assert(
      fc.asyncProperty(texts, sizes, async (text, size) => {
        const whole = parsed(text);
        const cutting = cut(text, size);

        if (whole === null) return void (await expect(cutting).rejects.toMatchObject({ reason: "unclosed_quote" }));
        const pieces = await cutting;
        expect(pieces.map((piece) => piece.text).join("")).toBe(text);
        expect(pieces.flatMap((piece) => parsed(piece.text, piece.firstLine) ?? [])).toEqual(whole);
      }),
      { numRuns: 3_000 },
    );
  });

  test("given any text, when it is read piece by piece, then it gives what one piece gives", async () => {
    await fc.assert(
      fc.asyncProperty(texts, sizes, fc.boolean(), async (text, size, hasQuotes) => {
        const readable = hasQuotes && parsed(text) ? text : text.replaceAll('"', "");
        const read = (pieces: CutRows[]) =>
          pieces.flatMap((rows) => [...readRows({ ...rows, hasHeader: false, separator: ",", columns })]);

        expect(read(await cut(readable, size))).toEqual(read([{ text: readable, firstLine: 1 }]));
      }),
      { numRuns: 3_000 },
    );
  });

  test("given as many rows as there may be, and empty ones, when they are cut, then one row more is too many", async () => {
    expect((await cut("a\n\n\nb\n\nc", 2, 3)).at(-1)).toEqual({ text: "c", firstLine: 6 });
    await expect(cut("a\n\n\nb\n\nc\nd", 2, 3)).rejects.toMatchObject({ reason: "too_many_keys" });
    await expect(cut("a\nb\nc\nd\n", 2, 3)).rejects.toMatchObject({ reason: "too_many_keys" });
  });
});

async function cut(text: string, size: number, mostRows = 1_000): Promise<CutRows[]> {
  async function* whole() {
    yield text;
  }
  const pieces: CutRows[] = [];
  for await (const piece of cutRows({ text: whole(), separator: ",", mostRows, size })) pieces.push(piece);
  return pieces;
}

/** What the parser makes of a text: values of each row, and the line that it ends on; null: a quotation mark stays open. */
function parsed(text: string, firstLine = 1) {
  const rows: { record: string[]; endsOn: number }[] = [];
  try {
    parse(text, {
      record_delimiter: "\n",
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      on_record: (record: string[], info: Info) => {
        rows.push({ record, endsOn: firstLine - 1 + info.lines });
        return null;
      },
    });
    return rows;
  } catch {
    return null;
  }
}
