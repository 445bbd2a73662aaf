import type { PageShop } from "~/domain/page/page";
import { noticePage } from "./notice-page";
import type { Sheet, Voice } from "./page-view";
import type { Refused } from "./refusal-text";

/** The same for a link that never was, is mistyped, or died with its order's data. */
export function unknownLink(voice: Voice): Sheet {
  return notice(null, voice, "unknown", 404);
}

/** 410: the link is over for good, and those who check links may know it. */
export function expiredLink(shop: PageShop, voice: Voice, freshUrl: string): Sheet {
  const act = { kind: "post", label: voice.speak("expired.button"), url: freshUrl } as const;
  return notice(shop, voice, "expired", 410, act);
}

/** The same whether anything was sent or not. */
export function freshLinkAsked(shop: PageShop, voice: Voice): Sheet {
  return notice(shop, voice, "sent", 200);
}

export function signInFirst(shop: PageShop, voice: Voice, accountUrl: string, status: number): Sheet {
  const act = { kind: "link", label: voice.speak("signIn.button"), url: accountUrl } as const;
  return notice(shop, voice, "signIn", status, act);
}

export function somethingBroke(voice: Voice): Sheet {
  return notice(null, voice, "error", 500);
}

/** For where a POST cannot be answered with a redirect: the page goes on to the file by itself. */
export function downloadReady(shop: PageShop, voice: Voice, fileUrl: string, back: string): Sheet {
  const { speak } = voice;
  const act = { kind: "link", label: speak("download"), url: fileUrl } as const;
  return noticePage(
    { shop, voice, heading: speak("ready"), text: speak("readyText"), act, goesTo: fileUrl, back },
    200,
  );
}

/** Below the refusal's sentence, the way back to what there is. */
export function downloadRefused(shop: PageShop, voice: Voice, refused: Refused, back: string) {
  const heading = voice.speak("notStarted");
  return noticePage({ shop, voice, heading, text: voice.speak(refused.text), act: null, back }, refused.status);
}

/** For where a POST cannot be answered with a redirect: it is done, and the page goes on to where it shows. */
export function done(shop: PageShop, voice: Voice, about: "revealed" | "freed" | "named", back: string): Sheet {
  const heading = voice.speak(`${about}.heading`);
  return noticePage({ shop, voice, heading, text: voice.speak(`${about}.text`), act: null, goesTo: back, back }, 200);
}

/** Why what was asked for was not done, and the way back. */
export function notDone(shop: PageShop, voice: Voice, { status, text, values }: Refused, back: string): Sheet {
  const heading = voice.speak("notDone");
  return noticePage({ shop, voice, heading, text: voice.speak(text, values), act: null, back }, status);
}

function notice(
  shop: PageShop | null,
  voice: Voice,
  about: "unknown" | "expired" | "sent" | "signIn" | "error",
  status: number,
  act: Parameters<typeof noticePage>[0]["act"] = null,
): Sheet {
  const heading = voice.speak(`${about}.heading`);
  const text = voice.speak(`${about}.text`, { shop: shop?.name ?? "" });
  return noticePage({ shop, voice, heading, text, act }, status);
}
