import { Context, Liquid, LiquidError, toValueSync, UndefinedVariableError, type Template } from "liquidjs";
import { ButtonTag, ItemsTag, markers } from "./template-tags";
import { sampleVariables, type TemplateVariables } from "./template-variables";

export const MAX_TEMPLATE = 50_000;
const MAX_OUTPUT = 500_000;
const RENDER_MS = 500;
const MEMORY = 2_000_000;

export type MailTemplateText = { subject: string; body: string };

/** A mistake in a template, in words. `line` counts from 1. */
export type TemplateMistake = { field: "subject" | "body"; line: number; sentence: string };

/** The subject is plain text; the body is HTML in which `markers` stand for the blocks. */
export type RenderTemplateResult =
  { kind: "rendered"; subject: string; body: string } | { kind: "mistaken"; mistake: TemplateMistake };

/**
 * A template sees its own data and nothing else: no files, no other template, no inherited property.
 * What it prints is escaped for HTML, whatever it asks for, and it ends: by time, by memory and by length.
 */
const engine = new Liquid({
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
  outputEscape: "escape",
  templates: {},
  timezoneOffset: 0,
  locale: "en",
  parseLimit: MAX_TEMPLATE,
  renderLimit: RENDER_MS,
  memoryLimit: MEMORY,
});
for (const name of ["include", "render", "layout", "block"]) Reflect.deleteProperty(engine.tags, name);
engine.registerFilter("raw", (value: unknown) => value); // the engine's own would leave the output unescaped
engine.registerTag("button", ButtonTag);
engine.registerTag("items", ItemsTag);

/** Fills in a template. */
export function renderTemplate(
  { subject, body }: MailTemplateText,
  variables: TemplateVariables,
): RenderTemplateResult {
  const filledSubject = fill(subject, variables);
  if (typeof filledSubject !== "string") return mistaken("subject", filledSubject);
  const filledBody = fill(body, variables);
  if (typeof filledBody !== "string") return mistaken("body", filledBody);

  return { kind: "rendered", subject: asPlainText(filledSubject), body: filledBody };
}

/**
 * Tries a template on data that has something of everything, and reads the parts that this leaves out.
 *
 * @returns null when it can be saved.
 */
export function checkTemplate(template: MailTemplateText): TemplateMistake | null {
  for (const field of ["subject", "body"] as const) {
    const unknown = unknownVariable(template[field]);
    if (unknown) return { field, ...unknown };
  }
  const result = renderTemplate(template, sampleVariables);
  if (result.kind === "mistaken") return result.mistake;

  if (result.subject.trim() === "") return { field: "subject", line: 1, sentence: "The subject is empty." };
  const linksToPage = result.body.search(markers.button) >= 0 || result.body.includes(sampleVariables.page.url);
  if (linksToPage) return null;
  const sentence =
    "The message has no link to the customer’s page. Put {% button %}Open{% endbutton %} or {{ page.url }} into it.";
  return { field: "body", line: 1, sentence };
}

type Mistake = Omit<TemplateMistake, "field">;

function mistaken(field: TemplateMistake["field"], mistake: Mistake): RenderTemplateResult {
  return { kind: "mistaken", mistake: { field, ...mistake } };
}

function fill(source: string, variables: TemplateVariables): string | Mistake {
  const templates = parse(source);
  if (!Array.isArray(templates)) return templates;

  const context = new Context(plainData(variables), engine.options, { sync: true }, { liquid: engine });
  const output = new LimitedOutput();
  try {
    toValueSync(engine.renderer.renderTemplates(templates, context, output));
    return output.buffer;
  } catch (error) {
    return mistakeOf(error);
  }
}

function parse(source: string): Template[] | Mistake {
  if (source.length > MAX_TEMPLATE) return { line: 1, sentence: tooLong };
  try {
    return engine.parse(withoutMarkers(source));
  } catch (error) {
    return mistakeOf(error);
  }
}

function withoutMarkers(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n").replaceAll(markers.any, "");
}

/** A copy without anything but texts, numbers and lists of them, and without what only the tags may write. */
function plainData(variables: TemplateVariables): object {
  return JSON.parse(JSON.stringify(variables), (_key, value: unknown) => {
    return typeof value === "string" ? withoutMarkers(value) : value;
  }) as object;
}

/** Static text costs the engine nothing, however often a loop repeats it: counted here. */
class LimitedOutput {
  buffer = "";

  write(html: unknown) {
    this.buffer += String(html);
    if (this.buffer.length > MAX_OUTPUT) throw new Error("output limit exceeded");
  }
}

/** Names what a template reads and does not exist, also where the sample does not lead. */
function unknownVariable(source: string): Mistake | null {
  const templates = parse(source);
  if (!Array.isArray(templates)) return templates;

  const { globals } = engine.analyzeSync(templates, { partials: false });
  const unknown = Object.values(globals)
    .flat()
    .filter(({ segments }) => !isKnown(segments))
    .toSorted((one, other) => one.location.row - other.location.row)[0];
  return unknown ? { line: unknown.location.row, sentence: noVariable(unknown.toString()) } : null;
}

function isKnown(segments: readonly unknown[]): boolean {
  let value: unknown = sampleVariables;
  for (const segment of segments) {
    if (Array.isArray(value)) {
      if (segment === "size") return true;
      value = value[0]; // by its number, first or last
    } else if (typeof value === "string" && segment === "size") {
      return true;
    } else if (typeof value === "object" && value !== null && typeof segment === "string") {
      if (!Object.hasOwn(value, segment)) return false;
      value = Reflect.get(value, segment);
    } else {
      return typeof segment === "object" || value === null;
    }
  }
  return true;
}

const tooLong = `It is longer than ${MAX_TEMPLATE.toLocaleString("en")} characters.`;
const tooMuch = "It makes a message that is far too long. Does a loop run over too much?";

const limits: [RegExp, string][] = [
  [/parse length limit/, tooLong],
  [/template render limit/, "It takes too long. Does a loop run over too much?"],
  [/memory alloc limit|output limit|Invalid string length|Maximum call stack/, tooMuch],
];

function mistakeOf(error: unknown): Mistake {
  const cause = error instanceof Error ? error : new Error(String(error));
  const line = LiquidError.is(cause) ? (cause.token.getPosition()[0] ?? 1) : 1;
  const limit = limits.find(([pattern]) => pattern.test(cause.message));
  if (limit) return { line, sentence: limit[1] };

  const said = cause.message.replace(/, (file|line):.*$/s, "");
  const name = /^undefined variable: (.*)$/s.exec(said)?.[1];
  if (cause instanceof UndefinedVariableError || name) return { line, sentence: noVariable(name ?? said) };
  const filter = /^undefined filter: (.*)$/s.exec(said)?.[1];
  if (filter) return { line, sentence: `There is no filter “${filter}”.` };
  const tag = /^tag "(.*)" not found$/s.exec(said)?.[1];
  if (tag) return { line, sentence: `There is no tag “${tag}”.` };
  const open = /^(?:tag|output) (?:"?)(.*?)(?:"?) not closed$/s.exec(said)?.[1];
  if (open) return { line, sentence: `“${open}” is not closed.` };

  return { line, sentence: `This cannot be read: ${said}.` };
}

function noVariable(name: string): string {
  return `There is no variable “${name}”.`;
}

const entities: Record<string, string> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&#34;": '"',
  "&quot;": '"',
  "&#39;": "'",
};

/** A subject is no HTML: what was escaped for one is put back, and it has one line. */
function asPlainText(text: string): string {
  return text
    .replaceAll(/&(amp|lt|gt|quot|#34|#39);/g, (entity) => entities[entity] ?? entity)
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replaceAll(/ {2,}/g, " ")
    .trim();
}
