import { crc32, deflateRawSync } from "node:zlib";

// 1 January 2026, 00:00, as MS-DOS wrote it: the same bytes in every run.
const DOS_DATE = ((2026 - 1980) << 9) | (1 << 5) | 1;
const HELVETICA = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";

/** A PDF of one A5 page with a title and a few lines (ASCII). */
export function makePdf(title: string, lines: string[]): Buffer {
  const show = (text: string) => `(${text.replace(/[\\()]/g, "\\$&")}) Tj`;
  const body = lines.map((line) => `0 -20 Td ${show(line)}`).join("\n");
  const content = `BT /F1 26 Tf 48 500 Td ${show(title)}\n/F1 12 Tf 0 -20 Td\n${body} ET`;
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R >>`,
    `<< /Type /Pages /Kids [3 0 R] /Count 1 >>`,
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    HELVETICA,
    `<< /Title (${title}) /Producer (Featherpost demo) >>`,
  ];

  let pdf = "%PDF-1.7\n";
  const offsets = objects.map((object, index) => {
    const offset = pdf.length;
    pdf += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, "0")} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join("")}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info ${objects.length} 0 R >>`;
  return Buffer.from(`${pdf}${table}${trailer}\nstartxref\n${pdf.length}\n%%EOF\n`, "latin1");
}

/** A zip archive of text files: names and what is in them. */
export function makeZip(files: Record<string, string>): Buffer {
  const entries = Object.entries(files).map(([name, text]) => zipEntry(Buffer.from(name), Buffer.from(text)));
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { header, name, packed } of entries) {
    const local = Buffer.concat([uint32(0x04034b50), header, name, packed]);
    locals.push(local);
    // No comment, disk 0, no attributes.
    directory.push(uint32(0x02014b50), uint16(20), header, Buffer.alloc(10), uint32(offset), name);
    offset += local.length;
  }

  const listing = Buffer.concat(directory);
  const count = uint16(entries.length);
  const end = [uint32(0x06054b50), Buffer.alloc(4), count, count, uint32(listing.length), uint32(offset), uint16(0)];
  return Buffer.concat([...locals, listing, ...end]);
}

/** What the local header and the directory say alike of one file. */
function zipEntry(name: Buffer, bytes: Buffer) {
  const packed = deflateRawSync(bytes);
  const header = Buffer.concat([
    ...[20, 0x0800, 8, 0, DOS_DATE].map(uint16),
    ...[crc32(bytes), packed.length, bytes.length].map(uint32),
    ...[name.length, 0].map(uint16),
  ]);
  return { header, name, packed };
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
