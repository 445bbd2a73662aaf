import { element } from "./settings.ts";

/** Buttons with `data-opens` show the dialog of that id, those with `data-closes` leave it. */
export function prepareDialogs() {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const opens = target?.closest<HTMLElement>("[data-opens]")?.dataset.opens;
    if (opens) element<HTMLDialogElement>(`#${opens}`).showModal();
    if (target?.closest("[data-closes]")) target.closest("dialog")?.close();
  });
  // A form is sent once, however often it is pressed.
  document.addEventListener("submit", (event) => {
    const form = event.target instanceof HTMLFormElement ? event.target : null;
    if (!form || form.method !== "post") return;
    setTimeout(() => form.querySelectorAll("button").forEach((button) => (button.disabled = true)));
  });
  window.addEventListener("pageshow", () =>
    document.querySelectorAll<HTMLButtonElement>("form button").forEach((button) => (button.disabled = false)),
  );
}

/** Asks before unsaved changes are lost. @returns whether to leave */
export function confirmLeaving(): Promise<boolean> {
  const dialog = element<HTMLDialogElement>("#leave-dialog");
  dialog.returnValue = "stay";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "leave"), { once: true });
  });
}
