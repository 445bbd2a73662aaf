/**
 * Rows as a CSV file that a spreadsheet opens as text: a cell that would be taken for a formula begins
 * with an apostrophe. Full-width signs are signs too where they are typed.
 */
export function reportCsv(rows: (string | number)[][]): string {
  return rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
