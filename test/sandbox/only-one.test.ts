import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { takeLock } from "../../sandbox/only-one";

async function lockFile() {
  const dir = await mkdtemp(path.join(tmpdir(), "featherpost-lock-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  return path.join(dir, "lock");
}

test("given a free lock, when eight take it at once, then one has it and the others hear who", async () => {
  const file = await lockFile();

  const results = await Promise.all(Array.from({ length: 8 }, () => takeLock(file)));

  expect(results.filter((result) => "release" in result)).toHaveLength(1);
  expect(results.filter((result) => "heldBy" in result && result.heldBy === process.pid)).toHaveLength(7);
});

test("given a taken lock, when it is released, then the next one gets it", async () => {
  const file = await lockFile();
  const first = await takeLock(file);
  if ("release" in first) await first.release();
  expect(existsSync(file)).toBe(false);

  expect(await takeLock(file)).toHaveProperty("release");
});

test.each(["999999999", "", "nonsense"])(
  "given a lock left by %j, when one takes it, then it is free",
  async (left) => {
    const file = await lockFile();
    await writeFile(file, left);

    expect(await takeLock(file)).toHaveProperty("release");
  },
);
