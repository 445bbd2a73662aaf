import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { db } from "~/db.server";
import { action, loader } from "~/routes/webhooks.mail";
import { createDelivery } from "../factories";

const SECRET = "test-mail-webhook-secret";
const bearer = { Authorization: `Bearer ${SECRET}` };

async function post(body: unknown, headers: Record<string, string> = bearer) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const request = new Request("https://app.example.com/webhooks/mail", { method: "POST", body: text, headers });
  const answer = await action({ request, params: {}, context: {} });
  return { status: answer.status, body: (await answer.json()) as { error?: { code: string } } };
}

function found({ id }: { id: string }) {
  return db.delivery.findUniqueOrThrow({ where: { id } });
}

describe("a bounce report", () => {
  test("given a sent message, when it came back for good, then the delivery has failed and it is recorded once", async () => {
    const delivery = await createDelivery({ state: "sent", sentAt: new Date() });
    const report = { messageId: `<${delivery.id}@app.example.com>`, kind: "hard", reason: "550 no user a@b.example" };

    const answers = [await post(report), await post(report)];

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const failed = await found(delivery);
    expect(failed).toMatchObject({ state: "failed", problem: "550 no user …", tokenCiphertext: null });
    expect(await db.auditEntry.count({ where: { orderId: delivery.orderId, action: "undelivered" } })).toBe(1);
  });

  test("given a sent message, when it is only delayed, then it stays sent with a note", async () => {
    const delivery = await createDelivery({ state: "sent" });

    await post({ deliveryId: delivery.id, kind: "soft", reason: "Mailbox full" });

    expect(await found(delivery)).toMatchObject({ state: "sent", problem: "Mailbox full" });
  });

  test("given its HMAC instead of the secret, when it is posted, then it is taken", async () => {
    const delivery = await createDelivery({ state: "sent" });
    const body = JSON.stringify({ deliveryId: delivery.id, kind: "hard", reason: "" });
    const signature = createHmac("sha256", SECRET).update(body).digest("hex");

    const { status } = await post(body, { "X-Signature": `sha256=${signature}` });

    expect(status).toBe(200);
    expect((await found(delivery)).state).toBe("failed");
  });

  test.each([
    ["nothing", {}],
    ["another secret", { Authorization: "Bearer nope" }],
    ["an empty token", { Authorization: "Bearer " }],
    ["a signature of another body", { "X-Signature": createHmac("sha256", SECRET).update("x").digest("hex") }],
    ["a signature that is none", { "X-Signature": "sha256=zz" }],
  ])("given %s as proof, when it is posted, then it is refused and nothing changes", async (_, headers) => {
    const delivery = await createDelivery({ state: "sent" });

    const { status, body } = await post({ deliveryId: delivery.id, kind: "hard", reason: "x" }, headers);

    expect(status).toBe(401);
    expect(body.error?.code).toBe("unauthorized");
    expect((await found(delivery)).state).toBe("sent");
  });

  test.each([
    ["no JSON", "{", 422],
    ["no id", { kind: "hard" }, 422],
    ["another kind", { deliveryId: "x", kind: "medium" }, 422],
    ["an id that is none", { deliveryId: "'; DROP TABLE", kind: "hard" }, 404],
    ["an id of nothing", { messageId: "<0190a1b2-0000-7000-8000-000000000000@x>", kind: "hard" }, 404],
    ["too much", { deliveryId: "x", kind: "hard", reason: "x".repeat(70_000) }, 413],
  ])("given %s, when it is posted, then it is refused in words", async (_, body, status) => {
    const answer = await post(body);

    expect(answer.status).toBe(status);
    expect(answer.body.error?.code).toMatch(/^[a-z_]+$/);
  });

  test("given a GET, when it arrives, then it is refused", () => {
    expect(loader().status).toBe(405);
  });
});
