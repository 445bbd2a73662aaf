// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readExtensions } from "../../extensions/build.mjs";
import { localeFaults } from "../../extensions/manifest.mjs";
import { fileSize } from "../../extensions/shared/file-size";
import { translator } from "./translator";

const extensions = readExtensions();

describe("the locales", () => {
  test.each(extensions.map(({ handle, locales }) => [handle, locales] as const))(
    "given those of %s, when they are compared, then all have the same texts, placeholders and every plural form",
    (_, locales) => {
      expect(locales).toHaveLength(5);
      expect(localeFaults(locales)).toEqual([]);
    },
  );

  test("given two extensions that share their screens, when their texts are compared, then only name and description differ", () => {
    const shared = extensions.map(({ locales }) =>
      Object.fromEntries(
        locales.map(({ locale, texts: { name: _name, description: _description, ...rest } }) => [locale, rest]),
      ),
    );

    expect(shared[0]).toEqual(shared[1]);
  });

  test("given every text, when the sources are searched, then each is asked for somewhere", () => {
    const dirs = ["shared", "downloads-order/src", "downloads-page/src", "downloads-order", "downloads-page"];
    const sources = dirs.map(sourcesIn).join("\n");
    const texts = extensions[0]?.locales.find(({ isDefault }) => isDefault)?.texts ?? {};

    const unused = keysOf(texts).filter((key) => {
      const [group] = key.split(".");
      const isOneOfAGroup = sources.includes(`\`${group}.\${`);
      return !isOneOfAGroup && !sources.includes(`"${key}"`) && !sources.includes(`"t:${key}"`);
    });

    expect(unused).toEqual([]);
  });

  test.each([
    [1, "Pozostało 1 pobranie"],
    [2, "Pozostały 2 pobrania"],
    [5, "Pozostało 5 pobrań"],
    [12, "Pozostało 12 pobrań"],
    [22, "Pozostały 22 pobrania"],
  ])("given %i downloads left, when a Pole reads it, then the form is right", (count, sentence) => {
    expect(translator("pl").translate("downloadsLeft", { count })).toBe(sentence);
  });

  test("given a locale with a form too few, a placeholder lost and a text missing, when it is checked, then each is said", () => {
    const faults = localeFaults([
      {
        locale: "en",
        isDefault: true,
        texts: { left: { one: "{{count}} left", other: "{{count}} left" }, a: "x {{y}}", b: "b" },
      },
      { locale: "pl", isDefault: false, texts: { left: { one: "{{count}}", other: "{{count}}" }, a: "x", c: "c" } },
    ]);

    expect(faults).toEqual([
      'pl has no text for "b".',
      'pl has a text for "c" that nobody asks for.',
      expect.stringContaining('pl must give "left" the forms'),
      'pl must use the same {{placeholders}} in "a" as the default locale.',
    ]);
  });
});

function sourcesIn(dir: string): string {
  const path = resolve(import.meta.dirname, "../../extensions", dir);
  return readdirSync(path)
    .filter((name) => /\.(ts|tsx|toml)$/.test(name))
    .map((name) => readFileSync(join(path, name), "utf8"))
    .join("\n");
}

function keysOf(node: Record<string, unknown>, prefix = ""): string[] {
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === "object" && value !== null && !("other" in value)
      ? keysOf(value as Record<string, unknown>, `${prefix}${key}.`)
      : [prefix + key],
  );
}

describe("fileSize", () => {
  test.each([
    ["en", 0, "0 bytes"],
    ["en", 999, "999 bytes"],
    ["en", 1000, "1 KB"],
    ["en", 999_960, "1 MB"],
    ["en", 1_536_000, "1.5 MB"],
    ["de", 1_536_000, "1,5 MB"],
    ["fr", 64_000_000, "64 Mo"],
    ["en", 5_000_000_000_000, "5 TB"],
    ["en", 7_200_000_000_000_000, "7,200 TB"],
  ])("given %s and %i bytes, when it is told, then people read %s", (locale, sizeBytes, shown) => {
    const host = {
      i18n: translator(locale),
      sessionToken: { get: async () => "" },
      storage: { read: async () => null, write: async () => {} },
    };

    expect(fileSize(host, sizeBytes)).toBe(shown);
  });
});
