import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { FrameLocator, Page } from "playwright-core";
import { launchChromium } from "./chromium";
import { startSandbox } from "./sandbox";

export type Journey = Awaited<ReturnType<typeof startJourney>>;

/**
 * Starts a sandbox, and a browser to go through it with.
 *
 * @param env  of the sandbox, beside what the environment holds
 */
export async function startJourney(env: Record<string, string> = {}) {
  const dir = await mkdtemp(path.join(tmpdir(), "featherpost-browser-"));
  const sandbox = await startSandbox(env);
  const browser = await launchChromium();
  const context = await browser.newContext({ acceptDownloads: true, reducedMotion: "reduce" });
  const broken: string[] = [];
  const openPage = async (): Promise<Page> => {
    const opened = await context.newPage();
    opened.setDefaultTimeout(30_000);
    opened.on("pageerror", (error) => broken.push(error.message));
    return opened;
  };
  const page = await openPage();

  return {
    /** For files; gone at the end. */
    dir,
    sandbox,
    context,
    /** The merchant's. */
    page,
    openPage,
    /** What pages threw. */
    broken,
    /** The app inside the admin, at one of its paths. */
    async openApp(at: string): Promise<FrameLocator> {
      await page.goto(`${sandbox.urls.admin}/apps/featherpost${at}`);
      return page.frameLocator("iframe");
    },
    async end() {
      await browser.close();
      await sandbox.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
