import type { Product } from "../store/store.ts";
import { html, Html } from "./html.ts";

/**
 * A product's picture, drawn from its color: the store has no photographs.
 *
 * @param size  `thumb` in lists, `cover` on cards and pages
 */
export function productArt(product: Product, size: "thumb" | "cover"): Html {
  const draw = drawings[product.handle] ?? drawPattern;
  const color = /^#[0-9a-f]{6}$/i.test(product.color) ? product.color : "#4f6d7a";
  return html`<span class="${size}" style="--art:${color}"
    ><svg viewBox="0 0 240 240" aria-hidden="true" focusable="false">${new Html(draw(color, product.title))}</svg></span
  >`;
}

const drawings: Record<string, (color: string, title: string) => string> = {
  "field-guide": drawBook,
  "sound-library": drawSound,
  "synth-pro": drawSynth,
  poster: drawPoster,
};

const bird =
  '<path d="M0 30c6-20 24-30 44-26 8-8 22-6 26 4l14 5-13 5c-2 22-20 38-46 38-10 0-19-3-25-8l-22 6c8-8 14-15 22-24z"/>';

function drawBook(color: string) {
  return `<rect width="240" height="240" fill="${mix(color, 82)}"/>
<g transform="translate(66 36)"><path d="M6 6h108v168H6z" fill="${mix(color, 45, "#000")}" opacity=".35" transform="translate(7 8)"/><rect width="112" height="168" rx="4" fill="${color}"/><rect width="13" height="168" rx="4" fill="${mix(color, 30, "#000")}" opacity=".55"/>
<rect x="26" y="20" width="72" height="3" rx="1.5" fill="#fff" opacity=".85"/><rect x="26" y="30" width="46" height="3" rx="1.5" fill="#fff" opacity=".6"/>
<g transform="translate(34 66) scale(.72)" fill="${mix(color, 88)}">${bird}</g><path d="M24 124q34-10 74 0" stroke="${mix(color, 70)}" stroke-width="3" fill="none"/><path d="M82 122q8-14 18-16M50 120q-6-10-16-12" stroke="${mix(color, 70)}" stroke-width="2.5" fill="none" stroke-linecap="round"/></g>`;
}

function drawSound(color: string) {
  const bars = [18, 34, 62, 40, 88, 116, 74, 128, 96, 54, 104, 66, 36, 58, 24];
  return `<rect width="240" height="240" fill="${mix(color, 84)}"/><circle cx="120" cy="120" r="84" fill="${mix(color, 66)}"/>${bars
    .map(
      (height, index) =>
        `<rect x="${31 + index * 12.2}" y="${120 - height / 2}" width="6" height="${height}" rx="3" fill="${index % 4 === 3 ? mix(color, 30, "#000") : color}"/>`,
    )
    .join("")}<g transform="translate(150 34) scale(.5)" fill="${mix(color, 30, "#000")}">${bird}</g>`;
}

function drawSynth(color: string) {
  const knobs = [0, 1, 2, 3]
    .map(
      (index) =>
        `<g transform="translate(${66 + index * 36} 92) rotate(${[-50, 20, 75, -10][index]})"><circle r="12" fill="${mix(color, 40, "#000")}"/><path d="M0-3v-8" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/></g>`,
    )
    .join("");
  const keys = Array.from(
    { length: 10 },
    (_, index) => `<rect x="${44 + index * 15.4}" y="128" width="13.6" height="46" rx="2" fill="#fff"/>`,
  ).join("");
  const sharps = [0, 1, 3, 4, 5, 7, 8]
    .map(
      (index) =>
        `<rect x="${53.4 + index * 15.4}" y="128" width="9" height="27" rx="1.5" fill="${mix(color, 55, "#000")}"/>`,
    )
    .join("");
  return `<rect width="240" height="240" fill="${mix(color, 84)}"/><rect x="30" y="62" width="180" height="126" rx="12" fill="${mix(color, 40, "#000")}" opacity=".3" transform="translate(4 7)"/><rect x="30" y="60" width="180" height="126" rx="12" fill="${color}"/>${knobs}${keys}${sharps}`;
}

function drawPoster(color: string) {
  return `<rect width="240" height="240" fill="${mix(color, 84)}"/><rect x="64" y="28" width="120" height="168" fill="${mix(color, 45, "#000")}" opacity=".25" transform="translate(5 7)"/><rect x="62" y="26" width="120" height="168" fill="#fffdf8"/><rect x="72" y="36" width="100" height="124" fill="${mix(color, 72)}"/>
<circle cx="140" cy="70" r="17" fill="${color}"/><path d="M72 134q24-26 46-8t54-14v48H72z" fill="${mix(color, 25, "#000")}"/><g transform="translate(88 66) scale(.42)" fill="${mix(color, 50, "#000")}">${bird}</g><g transform="translate(112 96) scale(.28)" fill="${mix(color, 50, "#000")}">${bird}</g><rect x="92" y="172" width="60" height="3" rx="1.5" fill="${mix(color, 50, "#000")}"/><rect x="104" y="180" width="36" height="2.5" rx="1" fill="${mix(color, 30)}"/>`;
}

/** Feathers laid out by the title, so that no two products look the same. */
function drawPattern(color: string, title: string) {
  const seed = [...title].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7);
  const feathers = Array.from({ length: 9 }, (_, index) => {
    const [x, y] = [50 + (index % 3) * 70, 52 + Math.floor(index / 3) * 68];
    return `<g transform="translate(${x} ${y}) rotate(${(seed * (index + 3)) % 180})"><path d="M0 26C-16 10-12-14 0-28 12-14 16 10 0 26z" fill="${index % 2 ? color : mix(color, 35)}"/><path d="M0 32V-18" stroke="${mix(color, 84)}" stroke-width="2"/></g>`;
  });
  return `<rect width="240" height="240" fill="${mix(color, 84)}"/>${feathers.join("")}`;
}

/** @param percent  how much of `other` is in it */
function mix(color: string, percent: number, other = "#fff"): string {
  const part = (hex: string, at: number) =>
    parseInt(hex.length === 4 ? hex.charAt(1 + at).repeat(2) : hex.slice(1 + at * 2, 3 + at * 2), 16);
  const blended = [0, 1, 2].map((at) =>
    Math.round(part(color, at) * (1 - percent / 100) + part(other, at) * (percent / 100)),
  );
  return `#${blended.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
