// Narrows the list while an address is typed.
const search = document.querySelector<HTMLInputElement>(".search input");
let timer: ReturnType<typeof setTimeout> | undefined;

search?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const words = search.value.trim().toLowerCase();
    for (const mail of document.querySelectorAll<HTMLElement>(".mails li")) {
      mail.hidden = !(mail.querySelector(".mail-to")?.textContent ?? "").toLowerCase().includes(words);
    }
  }, 120);
});
export {};
