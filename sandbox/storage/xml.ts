import { XMLParser, XMLValidator } from "fast-xml-parser";
import { S3Error } from "./s3-error.ts";

const namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

/** A child with a text or children of its own; one whose content is undefined is left out. */
export type XmlChild = readonly [name: string, content: XmlContent];
type XmlContent = string | number | boolean | undefined | readonly XmlChild[];

/** One XML document as S3 answers it. */
export function xmlDocument(root: string, children: readonly XmlChild[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${namespace}">${children.map(element).join("")}</${root}>`;
}

/** S3's error document carries no namespace. */
export function xmlError(children: readonly XmlChild[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(["Error", children])}`;
}

function element([name, content]: XmlChild): string {
  if (content === undefined) return "";
  const inner = typeof content === "object" ? content.map(element).join("") : escaped(String(content));
  return `<${name}>${inner}</${name}>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"'\p{Cc}]/gu, (character) => `&#x${character.codePointAt(0)?.toString(16).toUpperCase()};`);
}

const listElements = new Set(["Part", "Object"]);

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  htmlEntities: true,
  removeNSPrefix: true,
  isArray: (name) => listElements.has(name),
});

/**
 * Reads the XML body of a request.
 *
 * @returns the root's content; every text as a string, `Part` and `Object` always as a list
 * @throws MalformedXML when it is no XML or has another root
 */
export function readXml(text: string, root: string): Record<string, unknown> {
  const document = parse(text);
  const content = isRecord(document) ? document[root] : undefined;
  if (!isRecord(content)) throw new S3Error("MalformedXML");
  return content;
}

function parse(text: string): unknown {
  try {
    if (XMLValidator.validate(text) === true) return parser.parse(text);
  } catch {
    // Valid, but with entities that the parser will not expand: as little use as the rest.
  }
  throw new S3Error("MalformedXML");
}

/** The records in a list element of a document read by `readXml`. */
export function recordsIn(content: Record<string, unknown>, name: string): Record<string, unknown>[] {
  const list = content[name];
  if (!Array.isArray(list) || !list.every(isRecord)) throw new S3Error("MalformedXML");
  return list;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
