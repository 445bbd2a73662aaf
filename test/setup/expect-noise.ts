let expected: RegExp[] = [];

/** Says that this test makes the console complain in these words; it fails when nothing does. */
export function expectNoise(pattern: RegExp) {
  expected.push(pattern);
}

/** Hands over what the running test expects, and forgets it. */
export function takeExpectedNoise(): RegExp[] {
  const taken = expected;
  expected = [];
  return taken;
}
