import { spawn } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";

test("given a world that misbehaves, when it has settled, then every order has ended delivered", async () => {
  const { exitCode, said } = await runShortChaos();

  expect(exitCode, said).toBe(0);
  expect(said).toMatch(/150 orders/);
});

/** As `npm run chaos -- --short` does. */
function runShortChaos(): Promise<{ exitCode: number | null; said: string }> {
  const program = spawn(process.execPath, [path.join(import.meta.dirname, "main.ts"), "--short"], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let said = "";
  for (const stream of [program.stdout, program.stderr])
    stream?.on("data", (text: Buffer) => (said += text.toString()));
  return new Promise((resolve, reject) => {
    program.once("error", reject);
    program.once("close", (exitCode) => resolve({ exitCode, said }));
  });
}
