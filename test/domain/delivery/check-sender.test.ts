import { createSocket, type Socket } from "node:dgram";
import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkSender } from "~/domain/delivery/check-sender.server";
import { lookUpTxt, type TxtAnswer } from "~/gateways/dns/look-up-txt.server";

const zone = new Map<string, string[]>();

function lookUp(name: string): Promise<TxtAnswer> {
  const records = zone.get(name);
  return Promise.resolve(records ? { kind: "found", records } : { kind: "none" });
}

function publicKey(bits: number) {
  const { publicKey: key } = generateKeyPairSync("rsa", { modulusLength: bits });
  return key.export({ type: "spki", format: "der" }).toString("base64");
}

const good = publicKey(2048);

async function check(records: Record<string, string[]>, selector: string | null = "k1", address = "mail@shop.example") {
  zone.clear();
  for (const [name, texts] of Object.entries(records)) zone.set(name, texts);
  const result = await checkSender(address, selector, lookUp);
  if (!result) throw new Error("The address has no domain");
  return result;
}

describe("checkSender", () => {
  test("given a domain where all is published, when it is checked, then all is in order", async () => {
    const { spf, dkim, dmarc } = await check({
      "shop.example": ["google-site-verification=x", "v=spf1 include:mail.example ~all"],
      "k1._domainkey.shop.example": [`v=DKIM1; k=rsa; p=${good}`],
      "_dmarc.shop.example": ["v=DMARC1; p=quarantine; rua=mailto:x@shop.example"],
    });

    expect([spf, dkim, dmarc].map(({ state }) => state)).toEqual(["good", "good", "good"]);
  });

  test("given a domain where nothing is published, when it is checked, then each says what to publish where", async () => {
    const { spf, dkim, dmarc } = await check({});

    expect([spf, dkim, dmarc].map(({ state }) => state)).toEqual(["wrong", "wrong", "wrong"]);
    expect(spf.sentence).toContain("v=spf1");
    expect(dkim.sentence).toContain("k1._domainkey.shop.example");
    expect(dmarc.sentence).toContain("_dmarc.shop.example");
  });

  test.each([
    ["two records", ["v=spf1 -all", "v=spf1 include:a.example -all"], "wrong", "2 SPF records"],
    ["everyone allowed", ["v=spf1 include:a.example +all"], "wrong", "every server in the world"],
    ["nobody allowed", ["v=spf1 -all"], "wrong", "no server"],
    ["too many look-ups", [`v=spf1 ${"include:a.example ".repeat(11)}-all`], "wrong", "11 further look-ups"],
    ["no end", ["v=spf1 include:a.example"], "weak", "~all or -all"],
    ["a neutral end", ["v=spf1 include:a.example ?all"], "weak", "?all"],
  ])("given SPF with %s, when it is checked, then it says so", async (_, records, state, words) => {
    const { spf } = await check({ "shop.example": records });

    expect(spf).toMatchObject({ state, record: records[0] });
    expect(spf.sentence).toContain(words);
  });

  test.each([
    ["a key taken back", "v=DKIM1; p=", "wrong", "taken back"],
    ["a damaged key", "v=DKIM1; p=abc!def", "wrong", "damaged"],
    ["a key of 512 bits", `v=DKIM1; p=${publicKey(512)}`, "wrong", "shorter than 1024"],
    ["a key of 1024 bits", `v=DKIM1; p=${publicKey(1024)}`, "weak", "1024 bits"],
    ["a test flag", `v=DKIM1; t=y; p=${good}`, "weak", "t=y"],
    ["an Ed25519 key", "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "good", "key is there"],
  ])("given DKIM with %s, when it is checked, then it says so", async (_, record, state, words) => {
    const { dkim } = await check({ "k1._domainkey.shop.example": [record] });

    expect(dkim.state).toBe(state);
    expect(dkim.sentence).toContain(words);
  });

  test("given no selector, when it is checked, then the key is not judged", async () => {
    const { dkim } = await check({}, null);

    expect(dkim.state).toBe("unknown");
  });

  test.each([
    ["only watching", ["v=DMARC1; p=none"], "weak", "p=none"],
    ["a policy that is none", ["v=DMARC1; p=maybe"], "wrong", "p= must be"],
    ["two records", ["v=DMARC1; p=none", "v=DMARC1; p=reject"], "wrong", "2 DMARC records"],
  ])("given DMARC with %s, when it is checked, then it says so", async (_, records, state, words) => {
    const { dmarc } = await check({ "_dmarc.shop.example": records });

    expect(dmarc.state).toBe(state);
    expect(dmarc.sentence).toContain(words);
  });

  test("given a subdomain without its own DMARC, when it is checked, then that of the domain above counts", async () => {
    const { dmarc } = await check({ "_dmarc.shop.example": ["v=DMARC1; p=reject"] }, null, "mail@news.shop.example");

    expect(dmarc.state).toBe("good");
  });

  test.each(["mail@localhost", "mail@", "nothing", "mail@[127.0.0.1]"])(
    "given %s, when it is checked, then there is no domain to look up",
    async (address) => {
      expect(await checkSender(address, null, lookUp)).toBeNull();
    },
  );
});

describe("over DNS", () => {
  let server: Socket;
  beforeAll(async () => {
    server = createSocket("udp4", (query, { port, address }) => server.send(answerTo(query), port, address));
    await new Promise<void>((resolve) => server.bind(0, "127.0.0.1", resolve));
  });
  afterAll(() => {
    server.close();
  });

  test("given records in parts and names without any, when they are looked up, then each is read whole or is none", async () => {
    const servers = [`127.0.0.1:${server.address().port}`];

    expect(await lookUpTxt("found.example", servers)).toEqual({
      kind: "found",
      records: ["v=spf1 include:a.example ~all"],
    });
    expect(await lookUpTxt("missing.example", servers)).toEqual({ kind: "none" });
    expect(await lookUpTxt("broken.example", servers)).toEqual({ kind: "unanswered" });
  });

  /** A DNS answer (RFC 1035): one TXT record in two parts, no such name, or a failure. */
  function answerTo(query: Buffer): Buffer {
    const end = query.indexOf(0, 12) + 5;
    const name = query.subarray(12, end).toString("latin1");
    const code = name.includes("missing") ? 3 : name.includes("broken") ? 2 : 0;
    const header = Buffer.from(query.subarray(0, 12));
    header.writeUInt16BE(0x8180 | code, 2);
    header.writeUInt16BE(code === 0 ? 1 : 0, 6);
    header.writeUInt32BE(0, 8);
    const question = query.subarray(12, end);
    if (code !== 0) return Buffer.concat([header, question]);

    const parts = ["v=spf1 include:a", ".example ~all"].map((part) => Buffer.from(part));
    const data = Buffer.concat(parts.flatMap((part) => [Buffer.of(part.length), part]));
    const record = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, data.length]);
    return Buffer.concat([header, question, record, data]);
  }
});
