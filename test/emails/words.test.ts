import { expect, test } from "vitest";
import { mailLocaleOf, mailLocales } from "~/domain/delivery/locales";
import { buttonColors } from "~/emails/colors";
import { plainText } from "~/emails/plain-text";
import { counted, wordsOf } from "~/emails/words/words-of";
import { en } from "~/emails/words/en";
import type { Plural, Words } from "~/emails/words/words";

const plurals = ["downloadsLeft", "keys", "toCome", "moreKeys", "moreItems"] as const satisfies (keyof Words)[];

test.each(mailLocales)("given %s, when its words are counted, then it has a text for each way it counts", (locale) => {
  const categories = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;

  for (const name of plurals) {
    const texts: Plural = wordsOf(locale)[name];
    expect(Object.keys(texts).sort(), `${locale} ${name}`).toEqual(categories.toSorted());
    for (const text of Object.values(texts)) expect(text).toContain("{count}");
  }
});

test.each(mailLocales)(
  "given %s, when it is compared with English, then both have the same places to fill in",
  (locale) => {
    const places = (text: unknown) =>
      [...JSON.stringify(text).matchAll(/\{\{ [\w.]+ \}\}|\{\w+\}/g)].map(String).sort();

    for (const name of Object.keys(en) as (keyof typeof en)[]) {
      const unique = (text: unknown) => [...new Set(places(text))];
      expect(unique(wordsOf(locale)[name]), `${locale} ${name}`).toEqual(unique(en[name]));
    }
  },
);

test("given Polish, when keys are counted, then each number has its form", () => {
  const { keys } = wordsOf("pl");

  expect([1, 2, 5, 22, 25].map((count) => counted("pl", keys, count))).toEqual([
    "1 klucz",
    "2 klucze",
    "5 kluczy",
    "22 klucze",
    "25 kluczy",
  ]);
});

test.each([
  ["de-AT", "de"],
  ["zh-TW", "zh-CN"],
  ["zh", "zh-CN"],
  ["ja-JP", "ja"],
  ["PL", "pl"],
  ["pt-BR", "en"],
  ["", "en"],
  [null, "en"],
] as const)("given the locale %s, when the customer is written to, then it is in %s", (locale, language) => {
  expect(mailLocaleOf(locale)).toBe(language);
});

test.each([
  ["#000000", "#ffffff"],
  ["#ffffff", "#111111"],
  ["#ffe600", "#111111"],
  ["red;background:url(x)", "#ffffff"],
])("given a button of %s, when its text is drawn, then it can be read", (color, text) => {
  const colors = buttonColors(color);

  expect(colors.text).toBe(text);
  expect(colors.background).toMatch(/^#[0-9a-f]{6}$/);
});

test("given simple HTML, when it is put in plain text, then links keep their addresses and entities are characters", () => {
  const html =
    '<style>p{}</style><h1>Hello &amp; welcome</h1><p>Go <a href="https://x.example/?a=1&amp;b=2">here</a><br>or ask ' +
    '<a href="mailto:help@x.example">help@x.example</a>.</p><ul><li>one</li><li>&lt;b&gt; &#x2603;</li></ul>';

  expect(plainText(html)).toBe(
    "Hello & welcome\n\nGo here (https://x.example/?a=1&b=2)\nor ask help@x.example.\n\n- one\n- <b> ☃",
  );
});
