import { startBridge } from "./bridge.ts";
import { prepareDialogs } from "./dialogs.ts";
import { prepareNavigation, showAppLinks } from "./navigation.ts";
import { readSettings } from "./settings.ts";
import { showToast } from "./toasts.ts";

const settings = readSettings();
prepareNavigation();
prepareDialogs();
showAppLinks(settings);
const frame = document.querySelector<HTMLIFrameElement>("#app-frame");
if (frame) startBridge(frame, settings);
if (settings.notice)
  showToast({ id: "notice", message: settings.notice, isError: false, durationMs: 6000, action: null });
