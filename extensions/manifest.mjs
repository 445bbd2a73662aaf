// What `shopify app build` passes over in silence: types, targets, capabilities, keys and locales that do not exist.
import { existsSync } from "node:fs";
import { join } from "node:path";

const TYPES = ["ui_extension"];
const TARGETS = [
  "customer-account.order-status.block.render",
  "customer-account.page.render",
  "purchase.thank-you.block.render",
];
const FULL_PAGE = "customer-account.page.render";
const CAPABILITIES = ["api_access", "network_access", "block_progress", "collect_buyer_consent", "iframe"];
const KEYS = ["type", "name", "description", "handle", "uid", "targeting", "capabilities", "settings", "metafields"];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * What is wrong with the manifests and locales of the extensions, one sentence each.
 *
 * @param extensions  as `readExtensions` gives them
 * @param {string} apiVersion  that of the app, which the extensions must share
 * @returns {string[]} empty when all is well
 */
export function manifestFaults(extensions, apiVersion) {
  const faults = extensions.flatMap((extension) => [
    ...extensionFaults(extension, apiVersion).map((fault) => `${extension.path}: ${fault}`),
    ...localeFaults(extension.locales).map((fault) => `${extension.path}: ${fault}`),
  ]);
  for (const field of ["handle", "uid"]) {
    const values = extensions.map(({ manifest }) => manifest.extensions?.[0]?.[field]);
    const twice = values.find((value, index) => value && values.indexOf(value) !== index);
    if (twice) faults.push(`Two extensions have the ${field} "${twice}".`);
  }
  if (extensions.length === 0) faults.push("There is no shopify.extension.toml in any folder of extensions/.");
  return faults;
}

function extensionFaults({ dir, manifest, targeting, locales }, apiVersion) {
  const faults = unknownKeys(manifest, ["api_version", "extensions"], "key");
  const [extension, ...others] = manifest.extensions ?? [];
  if (!extension || others.length > 0) return [...faults, "it must describe exactly one extension."];

  faults.push(...unknownKeys(extension, KEYS, "key of the extension"));
  faults.push(...unknownKeys(extension.capabilities ?? {}, CAPABILITIES, "capability"));
  if (manifest.api_version !== apiVersion) {
    faults.push(`api_version is "${manifest.api_version}", shopify.app.toml says "${apiVersion}".`);
  }
  if (!TYPES.includes(extension.type)) faults.push(`the type "${extension.type}" is not one of ${TYPES.join(", ")}.`);
  if (!UUID.test(extension.uid ?? "")) faults.push(`the uid "${extension.uid}" is not a UUID.`);
  if (!/^[a-z0-9-]{1,50}$/.test(extension.handle ?? ""))
    faults.push(`the handle "${extension.handle}" is not allowed.`);
  if (extension.capabilities?.network_access !== true)
    faults.push("network_access must be true: the app is asked over HTTP.");
  return [...faults, ...targetFaults(dir, targeting), ...textFaults(extension, locales)];
}

function unknownKeys(section, known, what) {
  return Object.keys(section)
    .filter((key) => !known.includes(key))
    .map((key) => `"${key}" is no ${what}; there are ${known.join(", ")}.`);
}

function targetFaults(dir, targeting) {
  const targets = targeting.map(({ target }) => target);
  const faults = targeting.flatMap(({ target, module }) => [
    ...(TARGETS.includes(target) ? [] : [`the target "${target}" is not one of ${TARGETS.join(", ")}.`]),
    ...(module && existsSync(join(dir, module)) ? [] : [`the module "${module}" of ${target} does not exist.`]),
  ]);
  if (targets.length === 0) faults.push("it has no target.");
  if (new Set(targets).size < targets.length) faults.push("it names a target twice.");
  if (targets.includes(FULL_PAGE) && targets.length > 1)
    faults.push(`${FULL_PAGE} cannot share an extension with other targets.`);
  return faults;
}

/** Texts the manifest takes from the locales, as in `t:name`. */
function textFaults(section, locales) {
  const texts = locales.find(({ isDefault }) => isDefault)?.texts ?? {};
  const named = [...JSON.stringify(section).matchAll(/"t:([^"]+)"/g)].map(([, key]) => key);
  return named
    .filter((key) => typeof key.split(".").reduce((node, part) => node?.[part], texts) !== "string")
    .map((key) => `"t:${key}" is not in the default locale.`);
}

/** A text, or its plural forms. */
const isPlural = (node) => typeof node === "object" && node !== null && typeof node.other === "string";

/**
 * What is wrong between the locales of an extension.
 *
 * @param {{locale: string, isDefault: boolean, texts: object}[]} locales
 */
export function localeFaults(locales) {
  const defaults = locales.filter(({ isDefault }) => isDefault);
  if (defaults.length !== 1)
    return [`it needs exactly one default locale (locales/en.default.json), and has ${defaults.length}.`];

  const expected = flatten(defaults[0].texts);
  return locales.flatMap(({ locale, texts }) => {
    const found = flatten(texts);
    return [
      ...[...expected.keys()].filter((key) => !found.has(key)).map((key) => `${locale} has no text for "${key}".`),
      ...[...found.keys()]
        .filter((key) => !expected.has(key))
        .map((key) => `${locale} has a text for "${key}" that nobody asks for.`),
      ...[...found].flatMap(([key, text]) => textShapeFaults(locale, key, text, expected.get(key))),
    ];
  });
}

function textShapeFaults(locale, key, text, expected) {
  if (expected === undefined) return [];
  if (isPlural(expected) !== isPlural(text))
    return [`${locale} must give "${key}" the same kind of text as the default locale.`];

  const forms = isPlural(text) ? Object.entries(text) : [["", text]];
  const faults = isPlural(text) ? pluralFaults(locale, key, Object.keys(text)) : [];
  for (const [form, sentence] of forms) {
    const where = form ? `${key}.${form}` : key;
    if (typeof sentence !== "string" || sentence.trim() === "") faults.push(`${locale} leaves "${where}" empty.`);
    else if (placeholders(sentence) !== placeholders(expected.other ?? expected)) {
      faults.push(`${locale} must use the same {{placeholders}} in "${where}" as the default locale.`);
    }
  }
  return faults;
}

function pluralFaults(locale, key, forms) {
  const wanted = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  const isComplete = wanted.length === forms.length && wanted.every((form) => forms.includes(form));
  return isComplete
    ? []
    : [`${locale} must give "${key}" the forms ${wanted.join(", ")}, and gives ${forms.join(", ")}.`];
}

function placeholders(sentence) {
  return [...sentence.matchAll(/{{\s*(\w+)\s*}}/g)]
    .map(([, name]) => name)
    .sort()
    .join(" ");
}

function flatten(node, prefix = "") {
  return new Map(
    Object.entries(node).flatMap(([key, value]) =>
      typeof value === "string" || isPlural(value) ? [[prefix + key, value]] : [...flatten(value, `${prefix}${key}.`)],
    ),
  );
}
