import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asciiName, deliveredName } from "~/domain/asset/delivered-name";

// Any text, and often the pieces that make trouble.
const hostileName = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.constantFrom(
        "../",
        "..\\",
        "\r\n",
        '"',
        "\u202E",
        "\u2066",
        "\u200F",
        "\0",
        " ",
        ".",
        "con",
        ".tar.gz",
        "\uD800",
      ),
      fc.string({ unit: "grapheme", minLength: 60, maxLength: 120 }),
    ),
    { maxLength: 8 },
  )
  .map((pieces) => pieces.join(""));

describe("deliveredName", () => {
  test.each([
    ["../../etc/passwd", "passwd"],
    ["C:\\Users\\me\\song.mp3", "song.mp3"],
    ['my "best" song.mp3', "my best song.mp3"],
    ["line\r\nbreak.txt", "linebreak.txt"],
    ["\u202Egpj.exe", "gpj.exe"],
    ["  .hidden.  ", "hidden"],
    ["..", "download"],
    ["", "download"],
    ["CON.txt", "CON_.txt"],
    ["audio 日本語 🎧.flac", "audio 日本語 🎧.flac"],
    [`${"x".repeat(300)}.tar.gz`, `${"x".repeat(147)}.gz`],
    [`${"🎧".repeat(100)}.mp3`, `${"🎧".repeat(73)}.mp3`],
    [`a.${"x".repeat(300)}`, `a.${"x".repeat(148)}`],
  ])("given %j, when it is delivered, then it is called %j", (fileName, name) => {
    expect(deliveredName(fileName)).toBe(name);
  });

  test("given any text, when it is delivered, then its name can be saved anywhere and shows what it is", () => {
    fc.assert(
      fc.property(hostileName, (fileName) => {
        const name = deliveredName(fileName);

        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThanOrEqual(150);
        expect(name).not.toMatch(/[/\\"<>:|?*\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/u);
        expect(name).not.toMatch(/^[\s.]|[\s.]$/u);
        expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
        expect(name.isWellFormed()).toBe(true);
        expect(deliveredName(name)).toBe(name);
      }),
      { numRuns: 2_000 },
    );
  });

  test("given any text, when its name is written for old software, then it is plain ASCII", () => {
    fc.assert(fc.property(hostileName, (fileName) => /^[\x20-\x7E]+$/.test(asciiName(deliveredName(fileName)))));
  });
});
