import { format } from "node:util";
import { afterEach } from "vitest";
import { takeExpectedNoise } from "./expect-noise";

// What a program complains about it must be meant to complain about: console.error and console.warn
// fail the test they come from unless it called expectNoise.

let noise: string[] = [];
for (const level of ["error", "warn"] as const) {
  console[level] = (...args: unknown[]) => void noise.push(format(...args));
}

afterEach(() => {
  const expected = takeExpectedNoise();
  const heard = noise;
  noise = [];
  const unexpected = heard.filter((line) => !expected.some((pattern) => pattern.test(line)));
  const missing = expected.filter((pattern) => !heard.some((line) => pattern.test(line)));

  if (unexpected.length > 0) throw new Error(`The console said, unexpectedly:\n${unexpected.join("\n")}`);
  if (missing.length > 0) throw new Error(`The console never said ${missing.join(", ")}`);
});
