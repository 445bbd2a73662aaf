import { createRequire } from "node:module";
import PDFDocument from "pdfkit";
import type { Evidence } from "./evidence";
import { evidenceSections } from "./evidence-text";
import { fontRuns, MISSING, type FontPart } from "./font-runs";

const MARGIN = 50;
const INK = "#111111";
const FAINT = "#555555";
const modules = createRequire(import.meta.url);

type Style = { weight: 400 | 700; size: number; color: string; indent?: number; gap?: number };

const heading: Style = { weight: 700, size: 13, color: INK, gap: 4 };
const item: Style = { weight: 700, size: 9.5, color: INK };
const fact: Style = { weight: 400, size: 9, color: FAINT, indent: 12 };

/** The evidence as a PDF of A4 pages. A character that its font lacks shows as � and is told of at the end. */
export async function drawEvidence(evidence: Evidence): Promise<Uint8Array<ArrayBuffer>> {
  const title = `Evidence of delivery: order ${evidence.order.name}`;
  const pdf = new PDFDocument({ size: "A4", margin: MARGIN, bufferPages: true, info: { Title: title } });
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => pdf.on("end", resolve).on("error", reject));
  pdf.on("data", (chunk: Buffer) => chunks.push(chunk));

  let isMissing = false;
  const write = (text: string, style: Style) => {
    const lacks = drawText(pdf, text, style);
    isMissing ||= lacks;
  };
  write(title, { weight: 700, size: 18, color: INK });
  write(`Gathered by Featherpost, ${evidence.gatheredAt}. All times are UTC.`, { ...fact, indent: 0, gap: 10 });
  for (const section of evidenceSections(evidence)) {
    write(section.heading, heading);
    if (section.items.length === 0) write(section.none, fact);
    for (const { title: name, facts } of section.items) {
      write(name, item);
      for (const line of facts) write(line, fact);
      pdf.moveDown(0.4);
    }
    pdf.moveDown(0.6);
  }
  if (isMissing)
    drawText(pdf, `${MISSING} stands for characters this print has no shapes for: the JSON export has them.`, fact);
  numberPages(pdf);
  pdf.end();
  await ended;
  return Uint8Array.from(Buffer.concat(chunks));
}

/** @returns whether a character was missing */
function drawText(pdf: PDFKit.PDFDocument, text: string, { weight, size, color, indent = 0, gap = 2 }: Style): boolean {
  const runs = fontRuns(text);
  pdf.fillColor(color).fontSize(size);
  pdf.x = MARGIN + indent;
  runs.forEach((run, index) => {
    const isLast = index === runs.length - 1;
    pdf.font(fontFile(run.part, weight)).text(run.text, { continued: !isLast, paragraphGap: isLast ? gap : 0 });
  });
  return runs.some((run) => run.text.includes(MISSING));
}

function fontFile(part: FontPart, weight: 400 | 700): string {
  return modules.resolve(`@fontsource/noto-sans/files/noto-sans-${part}-${weight}-normal.woff`);
}

function numberPages(pdf: PDFKit.PDFDocument) {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page);
    pdf.page.margins.bottom = 0; // written below the text, or pdfkit would begin a new page
    pdf.fillColor(FAINT).font(fontFile("latin", 400)).fontSize(8);
    pdf.text(`Page ${page + 1} of ${count}`, MARGIN, pdf.page.height - 35, {
      align: "right",
      width: pdf.page.width - 2 * MARGIN,
    });
  }
}
