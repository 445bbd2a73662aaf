export type Settings = {
  appUrl: string;
  appHome: string;
  appName: string;
  shopName: string;
  currency: string;
  /** a sentence left by the page before */
  notice: string | null;
};

export function readSettings(): Settings {
  return JSON.parse(document.querySelector("#admin-settings")?.textContent ?? "{}") as Settings;
}

/** @throws when the page was drawn without it */
export function element<Kind extends Element = HTMLElement>(selector: string, root: ParentNode = document): Kind {
  const found = root.querySelector<Kind>(selector);
  if (!found) throw new Error(`The admin page has no ${selector}.`);
  return found;
}
