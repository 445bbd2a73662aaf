import { pickLanguage } from "./language";
import type { Voice } from "./page-view";
import { speakerOf } from "./texts";

/** The language a visitor is spoken to in: the one asked for by `?lang=`, the order's, or the browser's. */
export function voiceFor(request: Request, orderLocale: string | null): Voice {
  const asked = new URL(request.url).searchParams.get("lang");
  const language = pickLanguage([asked, orderLocale], request.headers.get("Accept-Language"));
  return { language, speak: speakerOf(language) };
}
