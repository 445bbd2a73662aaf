import type { Extension, Locale } from "./build.mjs";

export function manifestFaults(extensions: Extension[], apiVersion: string | undefined): string[];
export function localeFaults(locales: Pick<Locale, "locale" | "isDefault" | "texts">[]): string[];
