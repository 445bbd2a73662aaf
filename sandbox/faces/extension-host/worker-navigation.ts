type Entry = { key: string; url: string | null; getState(): unknown };
type ChangeListener = (event: { navigationType: string; from: Entry }) => void;

/** The `navigation` global of customer-account extensions. The page itself does what leads out of the extension. */
export function createNavigation(goTo: (url: string) => Promise<void>) {
  const listeners = new Set<ChangeListener>();
  let entries = 0;
  let current = entryFor("extension:/", undefined);

  function entryFor(url: string, state: unknown): Entry {
    return { key: String(++entries), url, getState: () => state };
  }

  return {
    get currentEntry() {
      return current;
    },
    navigate(url: string, options: { state?: unknown; history?: string } = {}) {
      if (!url.startsWith("extension:") && !url.startsWith("/")) {
        void goTo(url);
        return;
      }
      const from = current;
      current = entryFor(url, options.state);
      for (const listener of listeners)
        listener({ navigationType: options.history === "replace" ? "replace" : "push", from });
    },
    updateCurrentEntry({ state }: { state: unknown }) {
      current = { ...current, getState: () => state };
    },
    addEventListener(_type: "currententrychange", listener: ChangeListener) {
      listeners.add(listener);
    },
    removeEventListener(_type: "currententrychange", listener: ChangeListener) {
      listeners.delete(listener);
    },
  };
}
