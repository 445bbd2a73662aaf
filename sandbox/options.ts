import { parseArgs } from "node:util";

export type Options = {
  /** One line of JSON on stdout when all is up; words on stderr. */
  json: boolean;
  /** Data in a temporary folder that is removed at the end. */
  ephemeral: boolean;
  /** The first of six ports; 0: all free ones. */
  port: number;
  /** Clocks that Shopify sets to hours run in seconds. */
  fast: boolean;
  /** The app from its sources, rebuilt as they change. */
  dev: boolean;
};

export const usage = `Runs Featherpost and the world around it on this machine: a store, object storage, a mailbox and PostgreSQL.

  npm run sandbox -- [options]

  --port N      use the ports N to N+5 of 127.0.0.1 (4400); 0 takes free ones
  --ephemeral   keep the data in a temporary folder and remove it at the end
  --fast        let webhook retries and sweeps wait seconds instead of hours
  --json        print one line of JSON when everything is up, for programs
  --dev         run the app from its sources and follow their changes
  --help        print this

Data is kept in .sandbox/ between runs. A DATABASE_URL in the environment is used instead of a PostgreSQL of its own.
`;

/** @returns the options, "help", or a sentence about what is wrong with them */
export function readOptions(args: string[]): Options | "help" | { problem: string } {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        json: { type: "boolean", default: false },
        ephemeral: { type: "boolean", default: false },
        port: { type: "string", default: "4400" },
        fast: { type: "boolean", default: false },
        dev: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }));
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const { help, ...options } = values;
  if (help) return "help";

  const port = Number(options.port);
  if (!/^\d+$/.test(options.port) || port > 65_530) {
    return { problem: `--port takes a number from 0 to 65530, not "${options.port}".` };
  }
  return { ...options, port };
}
