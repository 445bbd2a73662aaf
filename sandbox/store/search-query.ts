/**
 * Shopify's search syntax: words, `field:value`, `field:>=value`, `"quoted text"`, `-` or NOT, OR,
 * parentheses, `*` at the end of a word. Between terms without OR stands AND.
 */
export type Term = { field: string | null; comparator: ":" | ">" | ">=" | "<" | "<="; value: string };

type Node = { kind: "term"; term: Term } | { kind: "not"; node: Node } | { kind: "and" | "or"; nodes: Node[] };

/** @param matches  null: the field is not one Shopify searches here; the term then counts for nothing, as there */
export function searchFilter<Row>(
  query: string,
  matches: (row: Row, term: Term) => boolean | null,
): (row: Row) => boolean {
  const tokens = tokensOf(query);
  if (tokens.length === 0) return () => true;
  const tree = readOr(tokens);
  const test = (node: Node, row: Row): boolean | null => {
    if (node.kind === "term") return matches(row, node.term);
    if (node.kind === "not") {
      const result = test(node.node, row);
      return result === null ? null : !result;
    }
    const results = node.nodes.map((child) => test(child, row)).filter((result) => result !== null);
    if (results.length === 0) return null;
    return node.kind === "and" ? results.every(Boolean) : results.some(Boolean);
  };
  return (row) => test(tree, row) ?? true;
}

/** Every field a query names. */
export function fieldsIn(query: string): string[] {
  return tokensOf(query).flatMap((token) => (typeof token === "object" && token.field ? [token.field] : []));
}

/** A word without a field finds words that start with it; `*` at an end stands for anything there. */
export function matchesText(text: string | null, term: Term): boolean {
  if (!text) return false;
  const words = text.toLowerCase();
  const wanted = term.value.toLowerCase();
  const core = wanted.replace(/^\*|\*$/g, "");
  if (core === "") return wanted !== "";
  if (wanted.startsWith("*")) return words.includes(core);
  if (wanted.endsWith("*") || term.field === null) return startsAnyWord(words, core);
  return words === wanted || hasWords(words, wanted);
}

export function matchesMoment(moment: string | null, term: Term): boolean {
  if (moment === null) return false;
  const wanted = Date.parse(term.value);
  if (Number.isNaN(wanted)) return false;
  const is = Date.parse(moment);
  if (term.comparator !== ":") return compare(is, wanted, term.comparator);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(term.value);
  return isDay ? is >= wanted && is < wanted + 86_400_000 : is === wanted;
}

export function matchesNumber(number: number, term: Term): boolean {
  const wanted = Number(term.value);
  return (
    !Number.isNaN(wanted) && (term.comparator === ":" ? number === wanted : compare(number, wanted, term.comparator))
  );
}

function compare(is: number, wanted: number, comparator: Exclude<Term["comparator"], ":">) {
  if (comparator === ">") return is > wanted;
  if (comparator === ">=") return is >= wanted;
  return comparator === "<" ? is < wanted : is <= wanted;
}

function startsAnyWord(text: string, start: string) {
  return text.startsWith(start) || text.split(/[^\p{L}\p{N}@.+-]+/u).some((word) => word.startsWith(start));
}

function hasWords(text: string, wanted: string) {
  const words = new Set(text.split(/\s+/));
  return wanted.split(/\s+/).every((word) => words.has(word));
}

type Token = Term | "(" | ")" | "or" | "and" | "not";

function tokensOf(query: string): Token[] {
  const pattern =
    /\(|\)|-(?=\S)|(?:([A-Za-z_.]+):(>=|<=|>|<)?)?(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s()"']+))/gu;
  const tokens: Token[] = [];
  for (const [whole, field, comparator, double, single, bare] of query.matchAll(pattern)) {
    if (whole === "(" || whole === ")") tokens.push(whole);
    else if (whole === "-") tokens.push("not");
    else if (!field && (bare === "OR" || bare === "AND" || bare === "NOT"))
      tokens.push(bare.toLowerCase() as "or" | "and" | "not");
    else {
      const value = (double ?? single ?? bare ?? "").replace(/\\(.)/g, "$1");
      tokens.push({ field: field ?? null, comparator: (comparator as Term["comparator"] | undefined) ?? ":", value });
    }
  }
  return tokens;
}

function readOr(tokens: Token[]): Node {
  const nodes = [readAnd(tokens)];
  while (tokens[0] === "or") {
    tokens.shift();
    nodes.push(readAnd(tokens));
  }
  return nodes.length === 1 && nodes[0] ? nodes[0] : { kind: "or", nodes };
}

function readAnd(tokens: Token[]): Node {
  const nodes: Node[] = [];
  while (tokens.length > 0 && tokens[0] !== ")" && tokens[0] !== "or") {
    if (tokens[0] === "and") tokens.shift();
    else if (tokens[0] === "not") {
      tokens.shift();
      nodes.push({ kind: "not", node: readOne(tokens) });
    } else nodes.push(readOne(tokens));
  }
  return nodes.length === 1 && nodes[0] ? nodes[0] : { kind: "and", nodes };
}

function readOne(tokens: Token[]): Node {
  const token = tokens.shift();
  if (typeof token === "object") return { kind: "term", term: token };
  if (token !== "(") return { kind: "and", nodes: [] };
  const node = readOr(tokens);
  if (tokens[0] === ")") tokens.shift();
  return node;
}
