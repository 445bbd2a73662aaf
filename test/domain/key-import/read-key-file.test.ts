import { describe, expect, test } from "vitest";
import type { KeyLine } from "~/domain/key-import/key-file";
import { readKeyFile, type ReadKeyFileInput } from "~/domain/key-import/read-key-file";
import { readRows } from "~/domain/key-import/read-rows";

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
    ["a letter in its middle", "ABC-1\nSCHL\u00dcSSEL-2\nABC-3", ["ABC-1", "SCHLÜSSEL-2", "ABC-3"]],
    ["a letter at its end", "ABC-1\nABC-\u00e4", ["ABC-1", "ABC-ä"]],
    ["a Euro sign", "ABC-1\n5\u0080", ["ABC-1", "5€"]],
    ["a letter after much that has none", `${"ABC-1\n".repeat(30_000)}\u00df`, [...Array(30_000).fill("ABC-1"), "ß"]],
  ])(
    "given a file in Windows-1252 with %s, when it is read, whole or byte by byte, then its keys are as written",
    async (_, text, expected) => {
      const bytes = Buffer.from(text, "latin1");

      expect(keys(await read(bytes))).toEqual(expected);
      expect(keys(await read([...bytes.subarray(-30)].map((byte) => Uint8Array.of(byte)))).at(-1)).toBe(
        expected.at(-1),
      );
    },
  );

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
    const lines = await read("sep=;\nkey;name\nABC-1;first\nABC-2;second\n");

    expect(lines).toEqual([
      { line: 3, text: "ABC-1" },
      { line: 4, text: "ABC-2" },
    ]);
  });

  test("given keys that hold a comma now and then, when it is read, then they stay whole", async () => {
    expect(keys(await read("ABC,1\nABC-2\nABC-3\nABC-4\n"))).toEqual(["ABC,1", "ABC-2", "ABC-3", "ABC-4"]);
  });

  test("given space around keys and rows of nothing, when it is read, then neither counts", async () => {
    expect(keys(await read("key,name\n  ABC-1 ,x\n , \n,\nABC-2\u00A0,y\n"))).toEqual(["ABC-1", "ABC-2"]);
  });

  test("given a quoted note over two lines, when it is read, then the lines after it keep their number", async () => {
    const lines = await read('key,name\r\nABC-1,"two\r\nlines"\r\nABC-2,one\r\n');

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

  test.each([
    ["rows of nothing", ",,\n , ,\nName,License key,Note\nx,ABC-1,n\n"],
    ["a line of spaces", "  \nLicense key\nABC-1\n"],
    ["empty lines and a separator's name", "sep=;\n\n;\nname;key\nx;ABC-1\n"],
    ["nothing, and its name over two lines", '"License\nkey","Sold\nto"\nABC-1,x\n'],
  ])("given a header below %s, when it is read, then it names the columns and is no key", async (_, text) => {
    expect(keys(await read(text))).toEqual(["ABC-1"]);
    expect(keys(await read(text, { hasHeader: true }))).toEqual(["ABC-1"]);
  });

  test("given a quotation mark is named as separator, when it is read, then it is none", async () => {
    const lines = await read('sep="\nABC"1\n"ABC-2"\n');

    expect(keys(lines)).toEqual(["stray_quote", "stray_quote", "ABC-2"]);
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
      await expect(read("key,name\nA-1,x\n", { column })).rejects.toMatchObject({ reason: "unknown_column" });
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
      const lines = await read(`key,name\nABC-1,x\n${bad}\nABC-2,x\n`);

      expect(lines).toEqual([
        { line: 2, text: "ABC-1" },
        { line: 3, reason, end },
        expect.objectContaining({ text: "ABC-2" }),
      ]);
    },
  );

  test("given bare keys, one of them with a control character, when it is read, then that line is bad", async () => {
    expect(keys(await read("ABC-1\nABC\u001f2\nABC-3\n"))).toEqual(["ABC-1", "invisible_characters", "ABC-3"]);
  });

  test("given a key with properly doubled quotation marks, when it is read, then it is a key", async () => {
    expect(keys(await read('key,name\n"AB""C",x\n'))).toEqual(['AB"C']);
  });

  test("given a key of 500 characters, when it is read, then it is a key", async () => {
    expect(keys(await read("A".repeat(500)))).toEqual(["A".repeat(500)]);
  });
});

describe("columns that say more of a key", () => {
  test("given columns for pool, limit, expiry and note, when it is read, then they are found by their names", async () => {
    const lines = await read(
      "License key;Pool;Activations;Valid until;Note\nABC-1;Synth Pro;3;2027-12-31;for Ann\nABC-2;;unlimited;;\n",
    );

    expect(lines).toEqual([
      {
        line: 2,
        text: "ABC-1",
        target: "pool:Synth Pro",
        activationLimit: 3,
        expiresAt: Date.parse("2027-12-31T23:59:59.999Z"),
        note: "for Ann",
      },
      { line: 3, text: "ABC-2", activationLimit: 0 },
    ]);
  });

  test("given a column of SKUs, when it is read, then each line names its SKU unless it names a pool", async () => {
    const lines = await read("sku,pool,key\nSYNTH,,ABC-1\nSYNTH,Other,ABC-2\n");

    expect(lines).toMatchObject([{ target: "sku:SYNTH" }, { target: "pool:Other" }]);
  });

  test("given a person says what a column is or is not, when it is read, then that counts", async () => {
    const lines = await read("key,note,kept\nABC-1,first,for Ann\n", { note: 2 });
    const without = await read("key,sku\nABC-1,SYNTH\n", { sku: null });

    expect(lines).toEqual([{ line: 2, text: "ABC-1", note: "for Ann" }]);
    expect(without).toEqual([{ line: 2, text: "ABC-1" }]);
  });

  test("given the column of the keys has another's name too, or is chosen for it, when it is read, then it holds keys alone", async () => {
    const named = await read("name,note\nx,ABC-1\n", { column: 1 });
    const chosen = await read("name,key\nx,ABC-1\n", { pool: 1, note: 1 });

    expect([named, chosen]).toEqual([[{ line: 2, text: "ABC-1" }], [{ line: 2, text: "ABC-1" }]]);
  });

  test("given a column that is not there, when it is chosen for notes, then the file is refused", async () => {
    await expect(read("key\nABC-1\n", { note: 3 })).rejects.toMatchObject({ reason: "unknown_column" });
  });

  test.each([
    ["2027-12-31", "2027-12-31T23:59:59.999Z"],
    ["2027/1/5", "2027-01-05T23:59:59.999Z"],
    ["31.12.2027", "2027-12-31T23:59:59.999Z"],
    ["2027-12-31T08:30", "2027-12-31T08:30:00.000Z"],
    ["2027-12-31 08:30:15 +02:00", "2027-12-31T06:30:15.000Z"],
  ])("given the expiry %s, when it is read, then it is %s", async (written, moment) => {
    expect(await read(`key,expires\nABC-1,${written}\n`)).toMatchObject([{ expiresAt: Date.parse(moment) }]);
  });

  test.each([
    ["expires", "12/31/2027", "bad_expiry"],
    ["expires", "2027-02-31", "bad_expiry"],
    ["expires", "soon", "bad_expiry"],
    ["activations", "many", "bad_limit"],
    ["activations", "-1", "bad_limit"],
    ["activations", "100001", "bad_limit"],
    ["note", "A".repeat(501), "note_too_long"],
  ])("given %s of %s, when it is read, then that line is bad: %s", async (column, written, reason) => {
    expect(await read(`key,${column}\nABC-1234,${written}\nABC-2,\n`)).toEqual([
      { line: 2, reason, end: "1234" },
      { line: 3, text: "ABC-2" },
    ]);
  });
});

describe("a file of many pieces", () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => `K-${index + 1},note ${index + 1}`);
  const expected = rows.map((_, index) => ({ line: index + 2, text: `K-${index + 1}`, note: `note ${index + 1}` }));

  test("given plain rows, when it is read, then each is a key with what its row says, and its line", async () => {
    expect(await read(["key,note", ...rows, ""].join("\n"))).toEqual(expected);
  });

  test("given a quoted row of two lines far down, when it is read, then it is one row and the lines after it are right", async () => {
    const quoted = rows.with(9_999, '"K-10000","note\n10000"');

    const lines = await read(["key,note", ...quoted, ""].join("\n"));

    const later = expected.map(({ line, ...key }, index) => ({ ...key, line: index < 10_000 ? line : line + 1 }));
    expect(lines).toEqual(later);
  });

  test("given a quoted row that is long enough to be cut, wherever that is, when it is read, then it is whole", async () => {
    const long = `"${"a\n".repeat(300)}"`;
    for (let before = 6_300; before < 6_700; before += 20) {
      const lines = await read(["key,note", ...Array(before).fill("ABC-1,abcd"), `K,${long}`, "LAST,x"].join("\n"));

      expect(lines.slice(-2)).toMatchObject([
        { line: before + 2, reason: "note_too_long" },
        { line: before + 303, text: "LAST" },
      ]);
    }
  });

  test("given empty lines and spaces, when it is read, then they are passed over and counted", async () => {
    const lines = await read(`key\n${"\n  \nABC-1 \n".repeat(10_000)}`);

    expect(lines).toHaveLength(10_000);
    expect(lines.at(-1)).toEqual({ line: 30_001, text: "ABC-1" });
  });

  test("given a quotation mark far down that never closes, when it is read, then it is refused with its line", async () => {
    await expect(read(["key", ...rows, '"K-20001', "K-20002"].join("\n"))).rejects.toMatchObject({
      reason: "unclosed_quote",
      line: 20_002,
    });
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
    ["is an XLSX", xlsx, "spreadsheet", null],
    ["is an old XLS", Buffer.from("d0cf11e0a1b11ae10000", "hex"), "spreadsheet", null],
    ["is a ZIP", Buffer.from("PK\x03\x04 … keys.csv"), "compressed", null],
    ["is a Word document", docx, "not_text", null],
    ["is gzipped", Buffer.from("1f8b0800", "hex"), "compressed", null],
    ["is a PDF", Buffer.from("%PDF-1.7\n…"), "pdf", null],
    ["is a picture", Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"), "picture", null],
    ["is in UTF-32", Buffer.from("fffe0000410000000a000000", "hex"), "not_text", null],
    [
      "mixes UTF-8 with something else",
      Buffer.concat([Buffer.from("ключ-1\nABC-"), Buffer.of(0xe4)]),
      "not_utf8",
      null,
    ],
    ["is a photo", Buffer.from("ffd8ffe000104a464946", "hex"), "picture", null],
    ["has a zero byte far down", `${"ABC-1\n".repeat(20_000)}ABC\0-2\n`, "not_text", null],
    ["ends in the middle of a UTF-16 character", Buffer.from("fffe410042", "hex"), "not_text", null],
    ["opens a quotation mark and never closes it", 'ABC-1\n"ABC-2\nABC-3\n', "unclosed_quote", 2],
    ["never closes a quotation mark over 64 KB", `ABC-1\n"ABC-2\n${"ABC-3\n".repeat(20_000)}`, "unclosed_quote", 2],
    ["is one line of 10 MB", "A".repeat(10_000_000), "line_too_long", 1],
    ["has a third line of 10 MB", `ABC-1\nABC-2\n${"A".repeat(10_000_000)}\nABC-3`, "line_too_long", 3],
    ["is larger than 200 MB", many(`ABC-1 ${"A".repeat(500)}\n`.repeat(2_000), 220), "too_large", null],
    ["has more than 2,000,000 keys", "A\n".repeat(2_000_001), "too_many_keys", null],
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

/** The same bytes over and over, without holding them all. */
function many(text: string, times: number): Uint8Array[] {
  return new Array<Uint8Array>(times).fill(Buffer.from(text));
}

function read(body: Body, choice: Omit<ReadKeyFileInput, "body"> = {}): Promise<KeyLine[]> {
  return collect({ body: chunksOf(body), ...choice });
}

async function collect(input: ReadKeyFileInput): Promise<KeyLine[]> {
  const lines: KeyLine[] = [];
  for await (const rows of readKeyFile(input)) lines.push(...readRows(rows));
  return lines;
}

async function* chunksOf(body: Body): AsyncGenerator<Uint8Array> {
  const whole = Array.isArray(body) ? body : [Buffer.from(body as string)];
  for (const bytes of whole) {
    for (let from = 0; from < bytes.length; from += 65_536) yield bytes.subarray(from, from + 65_536);
  }
}
