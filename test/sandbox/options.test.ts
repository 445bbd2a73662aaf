import { describe, expect, test } from "vitest";
import { readOptions } from "../../sandbox/options";

describe("readOptions", () => {
  test("given no arguments, when they are read, then the sandbox keeps its data and takes the usual ports", () => {
    expect(readOptions([])).toEqual({ json: false, ephemeral: false, port: 4400, fast: false, dev: false });
  });

  test("given what a program passes, when it is read, then each option is on", () => {
    const options = readOptions(["--json", "--ephemeral", "--fast", "--port", "0"]);

    expect(options).toEqual({ json: true, ephemeral: true, port: 0, fast: true, dev: false });
  });

  test("given --help among others, when they are read, then help wins", () => {
    expect(readOptions(["--port", "1", "--help"])).toBe("help");
  });

  test.each([
    [["--prot", "1"], "--prot"],
    [["4400"], "4400"],
    [["--port", "http"], "http"],
    [["--port", "65531"], "65531"],
    [["--port"], "--port"],
  ])("given %j, when it is read, then the problem names it", (args, named) => {
    expect(readOptions(args)).toEqual({ problem: expect.stringContaining(named) as unknown });
  });
});
