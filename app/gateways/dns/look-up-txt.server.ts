import { Resolver } from "node:dns/promises";

const TIMEOUT_MS = 2_000;
const TRIES = 2;

/** The TXT records of a name, each joined from its parts. `unanswered`: no name server said anything. */
export type TxtAnswer = { kind: "found"; records: string[] } | { kind: "none" } | { kind: "unanswered" };

export type LookUpTxt = (name: string) => Promise<TxtAnswer>;

/**
 * Asks for the TXT records of a name; takes at most some seconds.
 *
 * @param servers  name servers to ask, with their ports; those of the machine unless named
 */
export async function lookUpTxt(name: string, servers?: string[]): Promise<TxtAnswer> {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: TRIES });
  if (servers) resolver.setServers(servers);
  try {
    const records = await resolver.resolveTxt(name);
    return { kind: "found", records: records.map((parts) => parts.join("")) };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    const isAbsent = code === "ENODATA" || code === "ENOTFOUND" || code === "EBADNAME";
    return { kind: isAbsent ? "none" : "unanswered" };
  }
}
