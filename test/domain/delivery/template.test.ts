import { describe, expect, test } from "vitest";
import { deliveryKinds } from "~/domain/delivery/kinds";
import { mailLocales } from "~/domain/delivery/locales";
import { checkTemplate, MAX_TEMPLATE, renderTemplate } from "~/domain/delivery/template";
import { sampleVariables, variableNotes } from "~/domain/delivery/template-variables";
import { defaultTemplate } from "~/emails/default-template";

const button = "{% button %}Open{% endbutton %}\n";

function mistakeIn(body: string, subject = "Hello") {
  return checkTemplate({ subject, body: button + body });
}

describe("what can be saved", () => {
  test.each(deliveryKinds.flatMap((kind) => mailLocales.map((locale) => [kind, locale] as const)))(
    "given the default %s in %s, when it is checked, then nothing is wrong with it",
    (kind, locale) => {
      expect(checkTemplate(defaultTemplate(kind, locale))).toBeNull();
    },
  );

  test("given every variable that the editor lists, when it is checked, then each is known", () => {
    const named = variableNotes.map(({ name }) => `{{ ${name} }}`);
    const ofItems = named.filter((name) => name.includes("item."));
    const ofAll = named.filter((name) => !name.includes("item."));

    expect(mistakeIn(`${ofAll.join("")}{% for item in items %}${ofItems.join("")}{% endfor %}`)).toBeNull();
  });

  test("given a message of its own loops, conditions and assignments, when it is checked, then nothing is wrong", () => {
    const body =
      "{% for item in items %}{{ forloop.index }} {{ item.title | upcase }}" +
      "{% for key in item.keys %}{{ key }}{% endfor %}{% if item.keys_text %}{{ item.keys_text }}{% endif %}{% endfor %}" +
      "{% assign first = items[0].title %}{{ first }}{{ items.size }}{{ items.first.title }}";

    expect(mistakeIn(body)).toBeNull();
  });
});

describe("mistakes", () => {
  test.each([
    ["a variable that is not there", "\n{{ order.nmae }}", 3, "There is no variable “order.nmae”."],
    ["one in a branch not taken", "{% if false %}\n{{ ordr.name }}{% endif %}", 3, "There is no variable “ordr.name”."],
    [
      "one in a loop",
      "{% for item in items %}\n\n{{ item.titel }}{% endfor %}",
      4,
      "There is no variable “item.titel”.",
    ],
    ["one in the button", "{% button %}{{ oder }}{% endbutton %}", 2, "There is no variable “oder”."],
    ["a filter that is not there", "{{ order.name | upcsae }}", 2, "There is no filter “upcsae”."],
    ["a tag that is not there", "\n\n{% itmes %}", 4, "There is no tag “itmes”."],
    ["a condition left open", "\n{% if order.name %}", 3, "“{% if order.name %}” is not closed."],
    ["a button left open", "{% button %}Open", 2, "“{% button %}” is not closed."],
    ["braces left open", "\n{{ order.name", 3, "“{{ order.name” is not closed."],
  ])("given %s, when it is checked, then its line is told", (_, body, line, sentence) => {
    expect(mistakeIn(body)).toEqual({ field: "body", line, sentence });
  });

  test("given a mistake in the subject, when it is checked, then it is told of the subject", () => {
    expect(mistakeIn("", "{{ order }")).toMatchObject({ field: "subject", line: 1 });
    expect(mistakeIn("", "  ")).toMatchObject({ field: "subject", sentence: "The subject is empty." });
  });

  test("given no way to the page, when it is checked, then that is asked for", () => {
    expect(checkTemplate({ subject: "Hello", body: "<p>Thanks!</p>" })?.sentence).toContain(
      "no link to the customer’s page",
    );
    expect(checkTemplate({ subject: "Hello", body: "<p>{{ page.url }}</p>" })).toBeNull();
  });
});

describe("what a template cannot do", () => {
  test.each([
    ["a loop over everything", "{% for i in (1..999999999) %}a{% endfor %}"],
    ["loops in loops", `${"{% for i in (1..1000) %}".repeat(4)}a${"{% endfor %}".repeat(4)}`],
    ["a long text many times", `{% for i in (1..10000) %}${"lorem ".repeat(1000)}{% endfor %}`],
    [
      "a text doubled again and again",
      "{% assign a = 'ab' %}{% for i in (1..90) %}{% assign a = a | append: a %}{% endfor %}",
    ],
    [
      "the same by capture",
      "{% assign a = 'ab' %}{% for i in (1..90) %}{% capture a %}{{ a }}{{ a }}{% endcapture %}{% endfor %}",
    ],
    ["a date padded without end", "{{ 'now' | date: '%999999999d' }}"],
    ["more text than a template has", "a".repeat(MAX_TEMPLATE)],
  ])("given %s, when it is checked, then it is stopped", (_, body) => {
    const startedAt = performance.now();

    const mistake = mistakeIn(body);

    expect(mistake?.sentence).toMatch(/too long|longer than/);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  test.each([
    "{% include '/etc/passwd' %}",
    "{% render 'package.json' %}",
    "{% layout '../x' %}",
    "{{ order.constructor }}",
    "{{ items.constructor.constructor }}",
    "{{ __proto__ }}",
    "{{ process.env.DATABASE_URL }}",
    "{{ order.name.constructor }}",
    "{{ items[0]['__proto__'] }}",
  ])("given %s, when it is checked, then there is no such thing", (body) => {
    expect(mistakeIn(body)?.sentence).toMatch(/^There is no (tag|variable)/);
  });

  test("given data that is HTML, when a template asks for it raw, then it is escaped all the same", () => {
    const result = renderTemplate(
      { subject: "{{ order.name }}", body: "{{ order.name | raw }}" },
      { ...sampleVariables, order: { name: "<b>1 & 2</b>\r\nBcc: x@example.com" } },
    );

    expect(result).toMatchObject({
      subject: "<b>1 & 2</b> Bcc: x@example.com",
      body: expect.stringContaining("&lt;b&gt;1 &amp; 2&lt;/b&gt;") as string,
    });
  });
});
