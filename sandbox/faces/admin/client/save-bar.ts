import type { BarButton, SaveBarState } from "../../app-bridge/messages.ts";
import { element } from "./settings.ts";

/** The bar over the top bar while the app has unsaved changes. */
export function createSaveBar(onPress: (button: "save" | "discard") => void) {
  const bar = element("#save-bar");
  const buttons = {
    save: element<HTMLButtonElement>("[data-save-bar-button=save]", bar),
    discard: element<HTMLButtonElement>("[data-save-bar-button=discard]", bar),
  };
  let state: SaveBarState = null;

  buttons.save.addEventListener("click", () => onPress("save"));
  buttons.discard.addEventListener("click", () => {
    const asks = state?.discardConfirmation === true;
    if (!asks || window.confirm("Discard all unsaved changes?")) onPress("discard");
  });

  return {
    isShown: () => state !== null,
    show(next: SaveBarState) {
      state = next;
      bar.hidden = state === null;
      document.body.classList.toggle("has-save-bar", state !== null);
      if (!state) return;
      draw(buttons.save, state.save);
      draw(buttons.discard, state.discard);
    },
  };
}

function draw(button: HTMLButtonElement, { text, disabled, loading }: BarButton) {
  button.textContent = text;
  button.disabled = disabled || loading;
  button.classList.toggle("is-loading", loading);
  button.setAttribute("aria-busy", String(loading));
}
