import { describe, expect, test } from "vitest";
import { previewKeys } from "~/domain/key-import/preview-keys";
import { csv } from "../pool/csv";

describe("previewKeys", () => {
  test("given a file with a header, when it is looked at, then its columns, first rows and key column are told", async () => {
    const body = csv(["Name;Product key", ...Array.from({ length: 9 }, (_, row) => `Ann;A-${row}`)]);

    const result = await previewKeys({ body });

    expect(result).toEqual({
      kind: "preview",
      preview: {
        columns: ["Name", "Product key"],
        hasHeader: true,
        column: 1,
        extras: { pool: null, sku: null, activationLimit: null, expiresAt: null, note: null },
        rows: [0, 1, 2, 3, 4].map((row) => ["Ann", `A-${row}`]),
      },
    });
  });

  test("given several columns without a name for keys, when it is looked at, then the column is to be asked", async () => {
    const result = await previewKeys({ body: csv("A-1,B-1\nA-2,B-2") });

    expect(result).toMatchObject({ preview: { columns: ["Column 1", "Column 2"], hasHeader: false, column: null } });
  });

  test("given a person says the first line is a header, when it is looked at, then it names the columns", async () => {
    const result = await previewKeys({ body: csv("A-1,B-1\nA-2,B-2"), hasHeader: true });

    expect(result).toMatchObject({ preview: { columns: ["A-1", "B-1"], rows: [["A-2", "B-2"]] } });
  });

  test("given only the beginning of a long file, when it is looked at, then the line that was cut off is not shown", async () => {
    const long = Array.from({ length: 10_000 }, (_, row) => `KEY-${String(row).padStart(6, "0")}`).join("\n");

    const result = await previewKeys({ body: csv(long.slice(0, 65_536)) });

    expect(result).toMatchObject({ kind: "preview", preview: { column: 0, rows: { length: 5 } } });
  });

  test.each([
    ["is empty", "", "empty"],
    ["is a line of more than 64 KB", "A".repeat(70_000), "line_too_long"],
    ["is an XLSX", "PK\x03\x04 [Content_Types].xml", "spreadsheet"],
    ["has only a header", "key\n", "no_keys"],
  ])("given a file that %s, when it is looked at, then it is refused", async (_, file, reason) => {
    expect(await previewKeys({ body: csv(file) })).toMatchObject({ kind: "refused", reason });
  });
});
