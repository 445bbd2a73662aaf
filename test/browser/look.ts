import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import type { Frame, Page } from "playwright-core";
import { expect } from "vitest";

const folder = path.resolve(import.meta.dirname, "screenshots");
const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const SIZES = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
];

type AxeResult = { violations: { id: string; impact: string | null; help: string; nodes: { target: unknown }[] }[] };

/**
 * Looks at a page as a designer and a screen reader would: a screenshot at desktop and at phone width, and no serious
 * accessibility fault at either.
 *
 * @param name  of the screenshots, `name-1280.png` and `name-390.png`
 */
export async function look(page: Page, name: string) {
  await mkdir(folder, { recursive: true });
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.waitForTimeout(400); // layouts that follow the width, and transitions
    await page.screenshot({ path: path.join(folder, `${name}-${size.width}.png`) });
    expect(await faults(page), `accessibility of ${name} at ${size.width} px`).toEqual([]);
    expect(await overflow(page), `${name} is wider than ${size.width} px`).toBe(0);
  }
  await page.setViewportSize(SIZES[0] ?? { width: 1280, height: 900 });
}

async function faults(page: Page): Promise<string[]> {
  const found = await Promise.all(page.frames().map((frame) => faultsOf(frame)));
  return found.flat();
}

async function faultsOf(frame: Frame): Promise<string[]> {
  await frame.addScriptTag({ path: axePath }).catch(() => frame.evaluate(() => undefined));
  const result = await frame.evaluate(async () => {
    const { axe } = window as unknown as { axe?: { run(options: object): Promise<unknown> } };
    return axe ? axe.run({ resultTypes: ["violations"], iframes: false }) : { violations: [] };
  });
  return (result as AxeResult).violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ target }) => String(target)).join("; ")})`);
}

/** By how much the page, a frame in it, or a table in its own box is wider than what shows of it. */
async function overflow(page: Page): Promise<number> {
  const found = await Promise.all(page.frames().map((frame) => frame.evaluate(overflowHere)));
  return Math.max(0, ...found);
}

function overflowHere(): number {
  const tables = [...document.querySelectorAll(".Polaris-IndexTable-ScrollContainer")];
  return Math.max(
    document.documentElement.scrollWidth - window.innerWidth,
    ...tables.map((box) => box.scrollWidth - box.clientWidth),
  );
}
