import { mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTransport, type SendMailOptions } from "nodemailer";
import { describe, expect, onTestFinished, test } from "vitest";
import { startMailbox } from "../../sandbox/mailbox/mailbox.ts";
import type { MailFaults } from "../../sandbox/mailbox/refusal.ts";

async function openMailbox(options: { dir?: string; faults?: () => MailFaults } = {}) {
  const dir = options.dir ?? (await openFolder());
  const mailbox = await startMailbox({ port: 0, dir, faults: options.faults ?? (() => ({})) });
  const transport = createTransport({ host: "127.0.0.1", port: mailbox.port, secure: false });
  onTestFinished(() => mailbox.stop());

  return { mailbox, dir, send: (mail: SendMailOptions) => transport.sendMail({ from: "shop@example.com", ...mail }) };
}

async function openFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "featherpost-mailbox-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

async function replyOf(sent: Promise<unknown>): Promise<{ code: number; text: string }> {
  try {
    await sent;
  } catch (error) {
    const { responseCode, response } = error as { responseCode: number; response: string };
    return { code: responseCode, text: response };
  }
  throw new Error("The mail was not refused");
}

describe("mail", () => {
  test("given a message in both forms, when it is sent, then it is found as it was written", async () => {
    const { mailbox, send } = await openMailbox();

    await send({
      from: '"Müllers Laden" <laden@example.com>',
      to: "Käufer <ada@example.com>",
      bcc: "copy@example.com",
      subject: "Deine Downloads 🎵",
      text: "Hier: https://example.com/d/1",
      html: '<p>Hier: <a href="https://example.com/d/1">öffnen</a></p>',
      replyTo: "hilfe@example.com",
      headers: { "X-Delivery-Id": "42", "List-Unsubscribe": "<https://example.com/u>" },
    });

    const [message] = mailbox.messages();
    expect(message).toMatchObject({
      from: '"Müllers Laden" <laden@example.com>',
      to: ["ada@example.com", "copy@example.com"],
      subject: "Deine Downloads 🎵",
      html: '<p>Hier: <a href="https://example.com/d/1">öffnen</a></p>',
    });
    expect(message?.text.trim()).toBe("Hier: https://example.com/d/1");
    expect(message?.headers).toMatchObject({
      subject: "Deine Downloads 🎵",
      "reply-to": "hilfe@example.com",
      "x-delivery-id": "42",
      "list-unsubscribe": "<https://example.com/u>",
      "mime-version": "1.0",
    });
    expect(Date.parse(message?.receivedAt ?? "")).toBeGreaterThan(Date.now() - 60_000);
  });

  test("given messages to several people, when one's are asked for in any case, then only those come, newest first", async () => {
    const { mailbox, send } = await openMailbox();
    for (const [to, subject] of [
      ["ada@example.com", "1"],
      ["bob@example.com", "2"],
      ["Ada@Example.com", "3"],
      ["ada@example.com, bob@example.com", "4"],
    ]) {
      await send({ to, subject, text: "." });
    }

    const subjects = (to?: string) => mailbox.messages(to).map((message) => message.subject);

    expect(subjects()).toEqual(["4", "3", "2", "1"]);
    expect(subjects("ADA@example.com")).toEqual(["4", "3", "1"]);
    expect(subjects("nobody@example.com")).toEqual([]);
  });

  test("given kept messages, when the mailbox is started anew, then they are there in the same order, with later ones before", async () => {
    const { mailbox, send, dir } = await openMailbox();
    for (const subject of ["1", "2", "3"]) await send({ to: "ada@example.com", subject, text: "." });
    const before = mailbox.messages();
    await mailbox.stop();

    const later = await openMailbox({ dir });
    await later.send({ to: "ada@example.com", subject: "4", text: "." });

    expect(later.mailbox.messages().slice(1)).toEqual(before);
    expect(later.mailbox.messages().map(({ subject }) => subject)).toEqual(["4", "3", "2", "1"]);
  });

  test("given a message with an attachment and no text, when it is sent, then its texts are empty", async () => {
    const { mailbox, send } = await openMailbox();

    await send({ to: "ada@example.com", attachments: [{ filename: "a.bin", content: Buffer.from("bytes") }] });

    expect(mailbox.messages()[0]).toMatchObject({ subject: "", html: "", text: "" });
  });

  test("given a message over 25 MB, when it is sent, then it is refused and not kept", async () => {
    const { mailbox, send } = await openMailbox();

    const reply = await replyOf(send({ to: "ada@example.com", text: "x".repeat(76).concat("\n").repeat(360_000) }));

    expect(reply.code).toBe(552);
    expect(mailbox.messages()).toEqual([]);
  });

  test("given a sender who hangs up in the middle, when it does, then nothing is kept and the next is served", async () => {
    const { mailbox, send } = await openMailbox();
    const socket = connect(mailbox.port, "127.0.0.1");
    socket.write("EHLO me\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\nDATA\r\nSubject: half");
    await new Promise((resolve) => socket.once("data", resolve));

    socket.destroy();
    await send({ to: "ada@example.com", subject: "whole", text: "." });

    expect(mailbox.messages().map(({ subject }) => subject)).toEqual(["whole"]);
  });

  test("given an open connection, when the mailbox is stopped, then it stops at once and its port is free", async () => {
    const { mailbox } = await openMailbox();
    const socket = connect(mailbox.port, "127.0.0.1");
    socket.on("error", () => undefined);
    await new Promise((resolve) => socket.once("data", resolve));

    const startedAt = performance.now();
    await mailbox.stop();
    const again = await startMailbox({ port: mailbox.port, dir: await openFolder(), faults: () => ({}) });
    onTestFinished(() => again.stop());

    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});

describe("mail while it is refused", () => {
  test.each<[MailFaults["reject"], number, string]>([
    [true, 550, "Mailbox unavailable"],
    [451, 451, "try again later"],
    [552, 552, "Mailbox unavailable"],
    [200, 550, "Mailbox unavailable"],
    ["No such user here", 550, "No such user here"],
    ["421 Closing for lunch", 421, "Closing for lunch"],
  ])("given the fault %j, when a message is sent, then %i says %j, and nothing is kept", async (reject, code, text) => {
    const { mailbox, send } = await openMailbox({ faults: () => ({ reject }) });

    const reply = await replyOf(send({ to: "ada@example.com", text: "." }));

    expect(reply.code).toBe(code);
    expect(reply.text).toContain(text);
    expect(mailbox.messages()).toEqual([]);
  });

  test("given a fault that begins after the recipient was taken, when the message comes, then it is refused", async () => {
    let asked = 0;
    const { mailbox, send } = await openMailbox({ faults: () => ({ reject: (asked += 1) > 1 }) });

    const reply = await replyOf(send({ to: "ada@example.com", text: "." }));

    expect(reply.code).toBe(550);
    expect(mailbox.messages()).toEqual([]);
  });

  test("given a fault that is over, when a message is sent, then it is kept", async () => {
    const faults: { now: MailFaults } = { now: { reject: 451 } };
    const { mailbox, send } = await openMailbox({ faults: () => faults.now });
    await replyOf(send({ to: "ada@example.com", text: "." }));

    faults.now = {};
    await send({ to: "ada@example.com", text: "." });

    expect(mailbox.messages()).toHaveLength(1);
  });
});
