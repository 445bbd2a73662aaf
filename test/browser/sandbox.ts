import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";

const START_MS = 240_000;
const root = path.resolve(import.meta.dirname, "../..");

type Ready = {
  urls: Record<"home" | "admin" | "storefront" | "account" | "inbox" | "app" | "control", string>;
  shop: string;
};

export type RunningSandbox = Ready & { stop: () => Promise<void> };

/**
 * Starts `npm run sandbox -- --json --ephemeral --port 0` as a program would, and waits for its line.
 *
 * @param env  beside what the environment holds
 */
export async function startSandbox(env: Record<string, string> = {}): Promise<RunningSandbox> {
  const args = ["sandbox/bootstrap.mjs", "sandbox/main.ts", "--json", "--ephemeral", "--port", "0"];
  const sandbox = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => sandbox.once("exit", () => resolve()));
  let said = "";
  sandbox.stderr.on("data", (text: Buffer) => (said += text.toString()));

  const ready = await new Promise<Ready>((resolve, reject) => {
    const giveUp = () => reject(new Error(`The sandbox did not start:\n${said}`));
    const timer = setTimeout(giveUp, START_MS);
    createInterface({ input: sandbox.stdout }).once("line", (line) => {
      clearTimeout(timer);
      resolve(JSON.parse(line) as Ready);
    });
    void ended.then(giveUp);
  });
  return {
    ...ready,
    stop: async () => {
      sandbox.kill("SIGINT");
      await ended;
    },
  };
}
