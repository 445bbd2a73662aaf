export type BuiltExtension = {
  /** The bundle: a classic script that calls `shopify.extend(target, render)` per target. */
  file: string;
  targets: string[];
  /** As in `locales`. */
  defaultLocale: string;
  /** Locale → path of its JSON file. */
  locales: Record<string, string>;
  brotliBytes: number;
  limitBytes: number;
};

export type Extension = {
  dir: string;
  /** Of the manifest, from the project's root. */
  path: string;
  manifest: Record<string, unknown>;
  handle: string;
  targeting: { module: string; target: string }[];
  locales: Locale[];
};

export type Locale = { locale: string; isDefault: boolean; file: string; texts: Record<string, unknown> };

export function buildExtensions(options: { appUrl: string; outDir: string }): Promise<Record<string, BuiltExtension>>;
export function readExtensions(dir?: string): Extension[];
export function bundleFaults(handle: string, built: BuiltExtension): string[];
