// What the page can do beyond its forms: copy, play on when a source has run out, and keep its counts fresh.
// Plain JavaScript, sent as it is; without it everything but copying works.
(() => {
  const { document, navigator, location, setTimeout, fetch, DOMParser } = globalThis;
  const root = document.documentElement;
  root.classList.add("scripted");

  /** Says something where the card has a place for it, aloud too. */
  function say(near, words) {
    const place = near.closest(".card")?.querySelector(".said");
    if (place) place.textContent = words;
  }

  // Only what a person does counts as having seen the keys: a scanner may run scripts, but clicks nothing.
  const seenUrl = document.body.dataset.seen;
  const signs = ["pointerdown", "keydown", "copy"];
  function seen(event) {
    if (!event.isTrusted) return;
    for (const sign of signs) document.removeEventListener(sign, seen);
    fetch(seenUrl, { method: "POST", keepalive: true }).catch(() => {});
  }
  if (seenUrl) for (const sign of signs) document.addEventListener(sign, seen);

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const before = button.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.copied;
      say(button, "");
      setTimeout(() => (button.textContent = before), 2000);
    } catch {
      say(button, button.dataset.failed);
    }
  });

  // A double click sends once, and what is left is read again when the download has begun.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = form.querySelector("button");
    if (!button) return;
    setTimeout(() => (button.disabled = true));
    setTimeout(() => (button.disabled = false), 3000);
    if (!form.dataset.started) return;
    say(form, form.dataset.started);
    setTimeout(readAgain, 2000);
  });
  globalThis.addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("button:disabled")) button.disabled = false;
  });

  async function readAgain() {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      const unstyled = (await answer.text()).replace(/<style[^]*?<\/style>/, ""); // the policy forbids it another nonce
      const fresh = new DOMParser().parseFromString(unstyled, "text/html");
      for (const left of document.querySelectorAll("[data-left]")) {
        const now = fresh.getElementById(left.id);
        if (now) left.textContent = now.textContent;
      }
    } catch {
      // The page stays as it is.
    }
  }

  for (const player of document.querySelectorAll("[data-source]")) keepPlaying(player);

  /** A source lives for minutes: before it ends, or once it fails, the next is fetched and goes on at the same place. */
  function keepPlaying(player) {
    const livesMs = Number(player.dataset.seconds) * 1000;
    let bornAt = null;
    let isRenewing = false;
    let failures = 0;

    async function renew(isPlaying) {
      if (isRenewing) return;
      isRenewing = true;
      try {
        const answer = await fetch(player.dataset.source, { headers: { Accept: "application/json" } });
        if (!answer.ok) throw new Error(String(answer.status));
        const { url } = await answer.json();
        const { currentTime, playbackRate } = player;
        bornAt = Date.now();
        player.src = url;
        player.addEventListener(
          "loadedmetadata",
          () => {
            player.currentTime = currentTime;
            player.playbackRate = playbackRate;
            if (isPlaying) player.play().catch(() => {});
          },
          { once: true },
        );
        player.load();
      } catch {
        say(player, player.dataset.failed);
      } finally {
        isRenewing = false;
      }
    }

    function isWhole() {
      const { buffered, duration } = player;
      return buffered.length === 1 && buffered.start(0) === 0 && buffered.end(0) >= duration - 0.5;
    }

    function renewWhenOld() {
      if (bornAt !== null && Date.now() - bornAt > livesMs * 0.8 && !isWhole()) renew(!player.paused);
    }

    player.addEventListener("loadedmetadata", () => (bornAt ??= Date.now()));
    player.addEventListener("play", renewWhenOld);
    player.addEventListener("timeupdate", () => {
      failures = 0;
      renewWhenOld();
    });
    player.addEventListener("error", () => {
      failures += 1;
      if (failures <= 2) renew(!player.paused);
      else say(player, player.dataset.failed);
    });
  }
})();
