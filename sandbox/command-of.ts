import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** @returns the command line of a process, each argument followed by a space; empty when there is none such. */
export function commandOf(pid: number): string {
  if (!existsSync("/proc/self"))
    return `${spawnSync("ps", ["-ww", "-o", "command=", "-p", String(pid)]).stdout} `.trimStart();
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
