import { expect, test } from "vitest";
import { reportCsv } from "~/domain/pool/report-csv";

test("given cells with commas, quotation marks and line breaks, when they are written, then they are quoted", () => {
  expect(reportCsv([[1, 'a"b', "c,d", "e\nf"]])).toBe('1,"a""b","c,d","e\nf"\r\n');
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＠SUM(A1)"])(
  "given the end of a key is %j, when it is written, then no spreadsheet takes it for a formula",
  (cell) => {
    expect(reportCsv([[cell]]).replace('"', "")).toMatch(/^'/);
  },
);
