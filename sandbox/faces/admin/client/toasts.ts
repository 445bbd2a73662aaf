import type { ToastRequest } from "../../app-bridge/messages.ts";
import { element } from "./settings.ts";

/** @param onEnd  called once: the action was pressed, or the toast was dismissed or ran out */
export function showToast(toast: ToastRequest, onEnd?: (outcome: "action" | "dismiss") => void) {
  const shown = document.createElement("div");
  shown.className = "toast";
  shown.dataset.toast = toast.id;
  shown.classList.toggle("is-error", toast.isError);
  const words = document.createElement("p");
  words.textContent = toast.message;
  shown.append(words);

  let isOver = false;
  const end = (outcome: "action" | "dismiss") => {
    if (isOver) return;
    isOver = true;
    shown.remove();
    onEnd?.(outcome);
  };
  if (toast.action) shown.append(button(toast.action, "toast-action", () => end("action")));
  const close = button("", "toast-close", () => end("dismiss"));
  close.setAttribute("aria-label", "Dismiss");
  shown.append(close);
  element("#toasts").append(shown);
  setTimeout(() => end("dismiss"), Math.max(toast.durationMs, 2000));
}

export function hideToast(id: string) {
  for (const shown of document.querySelectorAll<HTMLElement>(".toast")) {
    if (shown.dataset.toast === id) shown.querySelector<HTMLButtonElement>(".toast-close")?.click();
  }
}

function button(text: string, className: string, onPress: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.textContent = text;
  made.addEventListener("click", onPress);
  return made;
}
