import type { ReactNode } from "react";
import type { PageObstacle } from "~/domain/page/page";
import type { Voice } from "./page-view";

/** What keeps something, and what to do about it. */
export function Note({ kind, children }: { kind: PageObstacle; children: ReactNode }) {
  return <p className={`note note-${kind}`}>{children}</p>;
}

export function Instructions({ text, voice: { speak } }: { text: string | null; voice: Voice }) {
  if (!text?.trim()) return null;
  return (
    <div className="instructions">
      <strong>{speak("instructions")}</strong>
      <p>{text.trim()}</p>
    </div>
  );
}

/** Copies by script; the style hides it where none runs. */
export function CopyButton({ text, label, voice: { speak } }: { text: string; label: string; voice: Voice }) {
  return (
    <button
      type="button"
      className="copy"
      data-copy={text}
      data-copied={speak("copied")}
      data-failed={speak("copyFailed")}
    >
      {speak("copy")}
      <span className="apart"> {label}</span>
    </button>
  );
}
