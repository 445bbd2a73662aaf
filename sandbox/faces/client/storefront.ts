// The little that the shop's pages do by themselves; each works without it too.
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-step]") : null;
  const input = button?.parentElement?.querySelector("input");
  if (!button || !input) return;
  const next = Number(input.value) + Number(button.dataset.step);
  input.value = String(Math.min(Number(input.max), Math.max(Number(input.min), next)));
});

document.addEventListener("change", (event) => {
  const input = event.target instanceof HTMLElement ? event.target : null;
  const price = document.querySelector("#price");
  if (input?.dataset.price && price) price.textContent = input.dataset.price;
  if (input instanceof HTMLInputElement && "submits" in input.dataset) input.form?.requestSubmit();
});

// An order is placed once, however often the button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target instanceof HTMLFormElement && "once" in event.target.dataset ? event.target : null;
  const button = form?.querySelector<HTMLButtonElement>("button.wide");
  if (!button) return;
  setTimeout(() => {
    button.disabled = true;
    button.textContent = "Placing your order …";
  });
});
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button.wide")) button.disabled = false;
});
export {};
