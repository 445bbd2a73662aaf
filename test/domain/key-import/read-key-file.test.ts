import { describe, expect, test } from "vitest";
import type { KeyLine } from "~/domain/key-import/key-file";
import { readKeyFile, type ReadKeyFileInput } from "~/domain/key-import/read-key-file";

const keys = (lines: KeyLine[]) => lines.map((entry) => ("text" in entry ? entry.text : entry.reason));

describe("a file of keys in any usual dress", () => {
  test("given one key per line, when it is read, then each line is a key with its number", async () => {
    const lines = await read("ABC-1\nABC-2\n");

    expect(lines).toEqual([
      { line: 1, text: "ABC-1" },
      { line: 2, text: "ABC-2" },
    ]);
  });

  test.each([
    ["UTF-8 with a byte order mark", Buffer.from("\uFEFFABC-1\nABC-2")],
    ["UTF-16, little end first", Buffer.from("\uFEFFABC-1\nABC-2", "utf16le")],
    ["UTF-16, big end first", Buffer.from("\uFEFFABC-1\nABC-2", "utf16le").swap16()],
    ["unmarked UTF-16, little end first", Buffer.from("ABC-1\nABC-2", "utf16le")],
    ["unmarked UTF-16, big end first", Buffer.from("ABC-1\nABC-2", "utf16le").swap16()],
  ])("given a file in %s, when it is read, then its keys are as written", async (_, bytes) => {
    expect(keys(await read(bytes))).toEqual(["ABC-1", "ABC-2"]);
  });

  test.each([
    ["Unix", "\n"],
    ["Windows", "\r\n"],
    ["old Mac", "\r"],
  ])("given %s line ends, when it is read, then lines are counted as an editor counts them", async (_, end) => {
    const lines = await read(["ABC-1", "", "ABC-2", ""].join(end));

    expect(lines).toEqual([
      { line: 1, text: "ABC-1" },
      { line: 3, text: "ABC-2" },
    ]);
  });

  test("given a file that arrives byte by byte, when it is read, then characters and line ends cut in two are whole", async () => {
    const bytes = Buffer.from("ключ-1\r\nключ-2\r\n");

    const lines = await read([...bytes].map((byte) => Uint8Array.of(byte)));

    expect(keys(lines)).toEqual(["ключ-1", "ключ-2"]);
  });

  test.each([
    ["commas", ","],
    ["semicolons", ";"],
    ["tabs", "\t"],
  ])(
    "given columns separated by %s, when it is read, then the key column is found by its name",
    async (_, separator) => {
      const rows = [
        ["Name", "License key", "Sold"],
        ["Ann", "ABC-1", "1,5; no"],
        ["Bob", "ABC-2", "2"],
      ];
      const quoted = rows.map((row) => row.map((value) => `"${value}"`).join(separator)).join("\n");

      expect(keys(await read(quoted))).toEqual(["ABC-1", "ABC-2"]);
    },
  );

  test("given Excel's sep line, when it is read, then it names the separator and is no key", async () => {
    const lines = await read("sep=;\nkey;note\nABC-1;first\nABC-2;second\n");

    expect(lines).toEqual([
      { line: 3, text: "ABC-1" },
      { line: 4, text: "ABC-2" },
    ]);
  });

  test("given keys that hold a comma now and then, when it is read, then they stay whole", async () => {
    expect(keys(await read("ABC,1\nABC-2\nABC-3\nABC-4\n"))).toEqual(["ABC,1", "ABC-2", "ABC-3", "ABC-4"]);
  });

  test("given space around keys and rows of nothing, when it is read, then neither counts", async () => {
    expect(keys(await read("key,note\n  ABC-1 ,x\n , \n,\nABC-2\u00A0,y\n"))).toEqual(["ABC-1", "ABC-2"]);
  });

  test("given a quoted note over two lines, when it is read, then the lines after it keep their number", async () => {
    const lines = await read('key,note\r\nABC-1,"two\r\nlines"\r\nABC-2,one\r\n');

    expect(lines).toEqual([
      { line: 2, text: "ABC-1" },
      { line: 4, text: "ABC-2" },
    ]);
  });
});

describe("header and column", () => {
  test.each([
    ["a header named like one", "Serial number\nABC-1\nABC-2", ["ABC-1", "ABC-2"]],
    ["a header in words above digits", "Freischaltung\nABC-1\nABC-2", ["ABC-1", "ABC-2"]],
    ["no header", "ABC-1\nABC-2", ["ABC-1", "ABC-2"]],
    ["a first key without digits, as long as the others", "ABCDE\nABC-1\nABC-2", ["ABCDE", "ABC-1", "ABC-2"]],
    ["keys of letters only", "ABC\nDEFG\nHI", ["ABC", "DEFG", "HI"]],
  ])("given %s, when nobody says whether there is a header, then it is found", async (_, text, expected) => {
    expect(keys(await read(text))).toEqual(expected);
  });

  test("given a person says there is a header, when it is read, then the first line is none of the keys", async () => {
    expect(keys(await read("ABC-1\nABC-2", { hasHeader: true }))).toEqual(["ABC-2"]);
  });

  test("given a person says there is no header, when it is read, then the first line is a key", async () => {
    expect(keys(await read("key\nABC-2", { hasHeader: false }))).toEqual(["key", "ABC-2"]);
  });

  test.each([["code b"], [1]])(
    "given column %s is chosen, when it is read, then its values are the keys",
    async (column) => {
      expect(keys(await read("Code A,Code B\nA-1,B-1\nA-2,B-2\n", { column }))).toEqual(["B-1", "B-2"]);
    },
  );

  test("given several columns that could be it, when none is chosen, then it is asked", async () => {
    await expect(read("Code A,Code B\nA-1,B-1\n")).rejects.toMatchObject({ reason: "column_needed" });
  });

  test.each([["Nothing"], [7], [-1]])(
    "given column %s is not there, when it is chosen, then the file is refused",
    async (column) => {
      await expect(read("key,note\nA-1,x\n", { column })).rejects.toMatchObject({ reason: "unknown_column" });
    },
  );
});

describe("bad lines", () => {
  test.each([
    ["an empty cell", ",x", "no_key", ""],
    ["501 characters", `${"A".repeat(501)},x`, "too_long", ""],
    ["a line break", '"ABC\n1234",x', "line_break", "1234"],
    ["a tab inside", '"ABC\t1234",x', "invisible_characters", "1234"],
    ["a zero-width space", "ABC\u200B1234,x", "invisible_characters", "1234"],
    ["a character that was lost before", "ABC\uFFFD1234,x", "invisible_characters", "1234"],
    ["a stray quotation mark", 'AB"C1234,x', "stray_quote", "1234"],
    ["text after a closing quotation mark", '"ABC"1234,x', "stray_quote", "1234"],
  ])(
    "given a key with %s, when it is read, then that line is bad and the others are not",
    async (_, bad, reason, end) => {
      const lines = await read(`key,note\nABC-1,x\n${bad}\nABC-2,x\n`);

      expect(lines).toEqual([
        { line: 2, text: "ABC-1" },
        { line: 3, reason, end },
        expect.objectContaining({ text: "ABC-2" }),
      ]);
    },
  );

  test("given a key with properly doubled quotation marks, when it is read, then it is a key", async () => {
    expect(keys(await read('key,note\n"AB""C",x\n'))).toEqual(['AB"C']);
  });

  test("given a key of 500 characters, when it is read, then it is a key", async () => {
    expect(keys(await read("A".repeat(500)))).toEqual(["A".repeat(500)]);
  });
});

describe("files that cannot be read as a whole", () => {
  const xlsx = Buffer.concat([
    Buffer.from("504b03041400060008000000", "hex"),
    Buffer.from("[Content_Types].xml … xl/workbook.xml"),
  ]);
  const docx = Buffer.concat([Buffer.from("504b0304", "hex"), Buffer.from("[Content_Types].xml … word/document.xml")]);

  test.each([
    ["is empty", "", "empty", null],
    ["is only a byte order mark", "\uFEFF", "empty", null],
    ["is only empty lines", "\n \r\n\n", "empty", null],
    ["has a header and nothing below", "key\n", "no_keys", null],
    ["is an XLSX", xlsx, "spreadsheet", null],
    ["is an old XLS", Buffer.from("d0cf11e0a1b11ae10000", "hex"), "spreadsheet", null],
    ["is a ZIP", Buffer.from("PK\x03\x04 … keys.csv"), "compressed", null],
    ["is a Word document", docx, "not_text", null],
    ["is gzipped", Buffer.from("1f8b0800", "hex"), "compressed", null],
    ["is a PDF", Buffer.from("%PDF-1.7\n…"), "pdf", null],
    ["is a picture", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), "not_text", null],
    ["is in UTF-32", Buffer.from("fffe0000410000000a000000", "hex"), "not_text", null],
    ["is in Windows-1252", Buffer.from("Schlüssel\nABC-1", "latin1"), "not_utf8", null],
    ["ends in the middle of a UTF-16 character", Buffer.from("fffe410042", "hex"), "not_text", null],
    ["opens a quotation mark and never closes it", 'ABC-1\n"ABC-2\nABC-3\n', "unclosed_quote", 2],
    ["never closes a quotation mark over 64 KB", `ABC-1\n"ABC-2\n${"ABC-3\n".repeat(20_000)}`, "unclosed_quote", 2],
    ["is one line of 10 MB", "A".repeat(10_000_000), "line_too_long", 1],
    ["has a third line of 10 MB", `ABC-1\nABC-2\n${"A".repeat(10_000_000)}\nABC-3`, "line_too_long", 3],
    ["is larger than 20 MB", `ABC-1 ${"A".repeat(1_000)}\n`.repeat(22_000), "too_large", null],
    ["has more than 500,000 keys", "A\n".repeat(500_001), "too_many_keys", null],
  ])("given a file that %s, when it is read, then it is refused", async (_, body, reason, line) => {
    await expect(read(body)).rejects.toMatchObject({ reason, line });
  });

  test("given a body that breaks off, when it is read, then its own failure comes out", async () => {
    async function* body() {
      yield Buffer.from("ABC-1\n");
      throw new Error("the connection was lost");
    }

    await expect(collect({ body: body() })).rejects.toThrow("the connection was lost");
  });
});

type Body = string | Uint8Array | Uint8Array[];

function read(body: Body, choice: Omit<ReadKeyFileInput, "body"> = {}): Promise<KeyLine[]> {
  return collect({ body: chunksOf(body), ...choice });
}

async function collect(input: ReadKeyFileInput): Promise<KeyLine[]> {
  const lines: KeyLine[] = [];
  for await (const line of readKeyFile(input)) lines.push(line);
  return lines;
}

async function* chunksOf(body: Body): AsyncGenerator<Uint8Array> {
  const whole = Array.isArray(body) ? body : [Buffer.from(body as string)];
  for (const bytes of whole) {
    for (let from = 0; from < bytes.length; from += 65_536) yield bytes.subarray(from, from + 65_536);
  }
}
