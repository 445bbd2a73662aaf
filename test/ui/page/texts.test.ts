import { describe, expect, test } from "vitest";
import { pageLanguages, pickLanguage } from "~/ui/page/language";
import { speakerOf, texts } from "~/ui/page/texts";

const stemOf = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, "");
const namesIn = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();
const stems = [...new Set(Object.keys(texts.en).map(stemOf))];
const counted = stems.filter((stem) => `${stem}_other` in texts.en);

describe.each(pageLanguages)("%s", (language) => {
  const own = texts[language];

  test("given every text in English, when looked up, then the language has it, under the same names, and nothing more", () => {
    expect([...new Set(Object.keys(own).map(stemOf))].sort()).toEqual([...stems].sort());
    for (const [key, text] of Object.entries(own)) {
      const english = texts.en[key] ?? texts.en[`${stemOf(key)}_other`] ?? "";
      expect([key, namesIn(text)]).toEqual([key, namesIn(english)]);
      expect(text.trim()).not.toBe("");
    }
  });

  test("given texts that count, when any number is told, then the language has the plural it wants", () => {
    const rules = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const stem of counted) {
      for (const rule of rules) {
        const isTold =
          `${stem}_${rule}` in own || (rule === "many" && !(`${stem}_many` in own) && `${stem}_other` in own);
        expect([stem, rule, isTold]).toEqual([stem, rule, true]);
      }
    }
  });

  test("given each state, when told, then there is a sentence in that language alone", () => {
    const speak = speakerOf(language);
    for (const state of ["revoked", "held", "waiting", "expired", "file_not_ready", "limit_reached"] as const) {
      const sentence = speak(`state.${state}`);
      expect(sentence.length).toBeGreaterThan(8);
      if (language !== "en") expect(sentence).not.toBe(speakerOf("en")(`state.${state}`));
    }
    expect(
      speak("keysWithToCome", { keys: speak("keys", { count: 3 }), toCome: speak("keysToCome", { count: 2 }) }),
    ).toMatch(/3.*2/);
  });
});

test("given Polish, when 1, 2, 5 and 22 downloads are left, then each has its form", () => {
  const speak = speakerOf("pl");

  expect([1, 2, 5, 22].map((count) => speak("downloadsLeft", { count }))).toEqual([
    "Pozostało 1 pobranie",
    "Pozostały 2 pobrania",
    "Pozostało 5 pobrań",
    "Pozostały 22 pobrania",
  ]);
});

describe("pickLanguage", () => {
  test.each([
    ["the order's", ["de-AT"], "fr", "de"],
    ["the first wish that is one of ours", ["xx", null, "ja"], null, "ja"],
    ["any Chinese", ["zh-TW"], null, "zh-CN"],
    ["English where it is asked for, whatever the browser wants", ["en-GB"], "de", "en"],
    ["the browser's, by weight", [null], "xx, de;q=0.5, pl;q=0.9, ja;q=0", "pl"],
    ["English where nothing fits", [null], "xx,yy;q=nonsense", "en"],
    ["English where nothing is known", [], null, "en"],
  ] as const)("given wishes and a browser, when picked, then %s", (_name, wishes, accept, language) => {
    expect(pickLanguage([...wishes], accept)).toBe(language);
  });
});
