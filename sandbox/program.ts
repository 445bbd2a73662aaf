import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";

export type Program = {
  name: string;
  /** Arguments for Node, the script's first. */
  args: string[];
  env: Record<string, string>;
  cwd: string;
  logFile: string;
};

/** A program that is kept running until `stop`. */
export type RunningProgram = {
  /** Ends it by a signal, and starts it again. @returns false when it had ended already */
  restart(signal?: "SIGTERM" | "SIGKILL"): boolean;
  stop(): Promise<void>;
};

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const STEADY_MS = 60_000;
const STOP_MS = 2500;

/**
 * Runs a program to its end.
 *
 * @throws Error with the end of its log unless it exits with 0.
 */
export async function runProgram(program: Program, say: (text: string) => void): Promise<void> {
  const child = start(program, say);
  const { code, signal } = await exitOf(child);
  if (code !== 0) throw new Error(`${program.name} ended with ${signal ?? `exit code ${code}`}.\n${endOfLog(program)}`);
}

/** Starts a program, and again whenever it ends by itself: at once first, then after longer and longer pauses. */
export function keepRunning(program: Program, say: (text: string) => void): RunningProgram {
  let child: ChildProcess;
  let isWanted = true;
  let pauseMs = FIRST_PAUSE_MS;
  let timer: NodeJS.Timeout | undefined;
  let isRestarting = false;

  const launch = () => {
    const startedAt = Date.now();
    child = start(program, say);
    void exitOf(child).then(({ code, signal }) => {
      if (!isWanted) return;
      if (isRestarting || Date.now() - startedAt > STEADY_MS) pauseMs = FIRST_PAUSE_MS;
      if (!isRestarting) {
        say(
          `The ${program.name} ended with ${signal ?? `exit code ${code}`}; starting it again in ${pauseMs / 1000} s.`,
        );
      }
      isRestarting = false;
      timer = setTimeout(launch, pauseMs);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    });
  };
  launch();

  return {
    restart: (signal = "SIGTERM") => {
      isRestarting = child.kill(signal);
      return isRestarting;
    },
    stop: async () => {
      isWanted = false;
      clearTimeout(timer);
      await end(child);
    },
  };
}

/** @returns the last lines of what the program printed */
export function endOfLog({ logFile }: Pick<Program, "logFile">): string {
  const lines = readFileSync(logFile, "utf8").trim().split("\n").slice(-15);
  return [...lines, `(all of it: ${logFile})`].join("\n");
}

function start({ name, args, env, cwd, logFile }: Program, say: (text: string) => void): ChildProcess {
  const log = openSync(logFile, "a");
  const child = spawn(process.execPath, ["--import", new URL("end-with-parent.mjs", import.meta.url).href, ...args], {
    cwd,
    env: { ...process.env, NODE_ENV: "production", ...env },
    stdio: ["ignore", log, "pipe", "ipc"],
    // A group of its own: Ctrl-C in the terminal is for the sandbox, which ends its programs in order.
    detached: true,
  });
  const killAtExit = () => child.kill("SIGKILL");
  process.once("exit", killAtExit);

  child.stderr?.on("data", (text: Buffer) => {
    writeSync(log, text);
    for (const line of text.toString().split("\n")) {
      if (/^(\w*Error|Featherpost cannot start)\b/.test(line)) say(`${name}: ${line.slice(0, 300)}`);
    }
  });
  child.once("close", () => {
    process.off("exit", killAtExit);
    closeSync(log);
  });
  return child;
}

function exitOf(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  return new Promise((resolve) => {
    child.once("error", () => resolve({ code: 1, signal: null }));
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = exitOf(child);
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  await ended;
  clearTimeout(force);
}
