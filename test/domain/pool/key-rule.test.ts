import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KeyRule, mostKeys, readTyped, SEPARATORS, spaceOf, writeKey } from "~/domain/pool/key-rule";

const everyCharacter = Array.from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
const withoutLookAlikes = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const fourByFive: KeyRule = {
  characters: withoutLookAlikes,
  blocks: 4,
  blockLength: 5,
  separator: "-",
  prefix: "",
  suffix: "",
  hasCheck: true,
};

const affixes = fc
  .array(fc.constantFrom(...everyCharacter, ..."-_.:/+!"), { maxLength: 8 })
  .map((characters) => characters.join(""));

const rules = fc
  .record({
    characters: fc
      .uniqueArray(fc.constantFrom(...everyCharacter), { minLength: 2, maxLength: 62 })
      .map((characters) => characters.join("")),
    blocks: fc.integer({ min: 1, max: 6 }),
    blockLength: fc.integer({ min: 1, max: 8 }),
    separator: fc.constantFrom(...SEPARATORS),
    prefix: affixes,
    suffix: affixes,
    hasCheck: fc.boolean(),
  })
  .filter((rule) => KeyRule.safeParse(rule).success);

const draws = fc.infiniteStream(fc.nat(1_000_000));

function pickFrom(stream: Iterator<number>) {
  return (below: number) => Number(stream.next().value) % below;
}

/** A rule without separator and affixes has keys that are nothing but characters. */
const bareRules = rules.map((rule) => ({ ...rule, separator: "" as const, prefix: "", suffix: "" }));

describe("writeKey", () => {
  test("given any rule, when a key is made and typed as it is, then it is read back exactly", () => {
    fc.assert(
      fc.property(rules, draws, (rule, stream) => {
        const text = writeKey(rule, pickFrom(stream));

        expect(readTyped(rule, text)).toEqual({ kind: "key", text });
      }),
    );
  });

  test("given a rule of small space, when every draw is made, then it makes as many keys as it says", () => {
    const rule: KeyRule = { ...fourByFive, characters: "ABC", blocks: 2, blockLength: 3 };
    const made = new Set<string>();
    for (let number = 0; number < 3 ** 4; number++) {
      let rest = number;
      made.add(
        writeKey(rule, (below) => {
          const digit = rest % below;
          rest = Math.floor(rest / below);
          return digit;
        }),
      );
    }

    expect(spaceOf(rule)).toBe(81n);
    expect(made.size).toBe(81);
  });

  test("given a rule with all its parts, when a key is made, then they stand where the rule says", () => {
    const rule: KeyRule = {
      ...fourByFive,
      prefix: "SYNTH-",
      suffix: "/PRO",
      blocks: 2,
      blockLength: 3,
      hasCheck: false,
    };

    expect(writeKey(rule, (below) => below - 1)).toBe("SYNTH-ZZZ-ZZZ/PRO");
  });
});

describe("readTyped", () => {
  test("given check characters over any set, when one character is another of the set, then it is a typo", () => {
    fc.assert(
      fc.property(bareRules, draws, fc.nat(), fc.nat(), (bare, stream, at, other) => {
        fc.pre(bare.blocks * bare.blockLength > 2);
        const rule = { ...bare, hasCheck: true };
        const key = Array.from(writeKey(rule, pickFrom(stream)));
        const place = at % key.length;
        const others = Array.from(rule.characters).filter((character) => character !== key[place]);
        key[place] = others[other % others.length] ?? "";

        expect(readTyped(rule, key.join(""))).toEqual({ kind: "typo" });
      }),
      { numRuns: 2_000 },
    );
  });

  test("given check characters over any set, when two neighbors are swapped, then it is a typo", () => {
    fc.assert(
      fc.property(bareRules, draws, fc.nat(), (bare, stream, at) => {
        fc.pre(bare.blocks * bare.blockLength > 2);
        const rule = { ...bare, hasCheck: true };
        const key = Array.from(writeKey(rule, pickFrom(stream)));
        const place = at % (key.length - 1);
        const [first = "", second = ""] = key.slice(place, place + 2);
        fc.pre(first !== second);
        key.splice(place, 2, second, first);

        expect(readTyped(rule, key.join(""))).toEqual({ kind: "typo" });
      }),
      { numRuns: 2_000 },
    );
  });

  test("given sets of every size, when each single error and swap is made in each short key, then each is found", () => {
    for (const size of [2, 3, 4, 5, 6, 7, 8, 10, 16]) {
      const characters = everyCharacter.slice(0, size).join("");
      const rule: KeyRule = { ...fourByFive, characters, separator: "", blocks: 1, blockLength: 4 };
      for (const first of characters) {
        for (const second of characters) {
          const drawn = [first, second].map((character) => characters.indexOf(character));
          const key = writeKey(rule, () => drawn.shift() ?? 0);
          for (const wrong of mistakesIn(key, characters)) expect(readTyped(rule, wrong).kind, wrong).toBe("typo");
        }
      }
    }
  });

  test("given a set of one case, when a key is typed with other case, spaces and dashes, then it is made exact", () => {
    fc.assert(
      fc.property(draws, fc.array(fc.constantFrom("", " ", "–", "-", "\u00a0"), { minLength: 30 }), (stream, gaps) => {
        const text = writeKey({ ...fourByFive, prefix: "Synth-" }, pickFrom(stream));
        const typed = Array.from(text.replaceAll("-", "").toLowerCase(), (character, at) => character + gaps[at]);

        expect(readTyped({ ...fourByFive, prefix: "Synth-" }, typed.join(""))).toEqual({ kind: "key", text });
      }),
    );
  });

  test.each([
    ["O for 0 and I and l for 1", "OOll1-iIL1o", "0011111110"],
    ["u for V", "uUv00-00000", "VVV0000000"],
  ])("given a set without look-alikes, when %s is typed, then it is made exact", (_, typed, meant) => {
    const rule: KeyRule = { ...fourByFive, blocks: 2, hasCheck: false };

    const read = readTyped(rule, typed);

    expect(read).toEqual({ kind: "key", text: `${meant.slice(0, 5)}-${meant.slice(5)}` });
  });

  test("given a set with capitals and small letters, when the case is wrong, then it is not made another key", () => {
    const rule: KeyRule = { ...fourByFive, characters: everyCharacter.join(""), blocks: 1, hasCheck: false };

    expect(readTyped(rule, "aBcDe")).toEqual({ kind: "key", text: "aBcDe" });
    expect(readTyped(rule, "AbCdE")).toEqual({ kind: "key", text: "AbCdE" });
    expect(readTyped(rule, "O0Il1")).toEqual({ kind: "key", text: "O0Il1" });
  });

  test.each([
    ["too short", "SYNTH-ABCD"],
    ["too long", "SYNTH-ABCDEF"],
    ["of another prefix", "PIANO-ABCDE"],
    ["with a character the set has nothing like", "SYNTH-ABCD*"],
    ["with half a pair of UTF-16", "SYNTH-ABC😀"],
    ["empty", ""],
  ])("given a rule, when a text is %s, then it is of another kind", (_, typed) => {
    const rule: KeyRule = { ...fourByFive, prefix: "SYNTH-", blocks: 1 };

    expect(readTyped(rule, typed)).toEqual({ kind: "other" });
  });

  test("given any rule and text, when it is read, then what it says is a key reads as that key again", () => {
    fc.assert(
      fc.property(
        rules,
        fc.string({ unit: fc.constantFrom(...everyCharacter, "-", " "), maxLength: 30 }),
        (rule, text) => {
          const read = readTyped(rule, text);

          if (read.kind === "key") expect(readTyped(rule, read.text)).toEqual(read);
        },
      ),
    );
  });
});

describe("mostKeys", () => {
  test("given any rule, when a pool holds as many keys as it may, then the chance of a meeting is under 1 in 10^9", () => {
    fc.assert(
      fc.property(rules, (rule) => {
        const most = BigInt(mostKeys(rule));

        expect(((most * (most + 1n)) / 2n) * 10n ** 9n <= spaceOf(rule)).toBe(true);
        if (most < 10n ** 12n) {
          expect((((most + 1n) * (most + 2n)) / 2n) * 10n ** 9n > spaceOf(rule)).toBe(true);
        }
      }),
    );
  });

  test.each([
    ["four digits", { characters: "0123456789", blocks: 1, blockLength: 4, hasCheck: false }, 0],
    ["four blocks of four", { blockLength: 4 }, 1_536_613],
  ])("given %s, when asked how many keys fit, then it says so", (_, part, most) => {
    expect(mostKeys({ ...fourByFive, ...part })).toBe(most);
  });
});

describe("KeyRule", () => {
  test.each([
    ["one character", { characters: "A" }],
    ["a character twice", { characters: "ABCA" }],
    ["a sign among its characters", { characters: "AB-" }],
    ["no block", { blocks: 0 }],
    ["blocks of nothing but check characters", { blocks: 1, blockLength: 2 }],
    ["a prefix with a space in it", { prefix: "A B" }],
    ["a letter between blocks", { separator: "X" }],
  ])("given a rule with %s, when it is read, then it is refused", (_, part) => {
    expect(KeyRule.safeParse({ ...fourByFive, ...part }).success).toBe(false);
  });
});

function mistakesIn(key: string, characters: string): string[] {
  const letters = Array.from(key);
  const changed = letters.flatMap((letter, place) =>
    Array.from(characters)
      .filter((other) => other !== letter)
      .map((other) => letters.with(place, other).join("")),
  );
  const swapped = letters.slice(1).flatMap((letter, index) => {
    const before = letters[index] ?? "";
    return before === letter
      ? []
      : [
          letters
            .with(index, letter)
            .with(index + 1, before)
            .join(""),
        ];
  });
  return [...changed, ...swapped];
}
