import { onMessage, tell } from "./channel.ts";

type ToastOptions = {
  /** milliseconds */
  duration?: number;
  isError?: boolean;
  action?: string;
  onAction?: () => void;
  onDismiss?: () => void;
};

let lastToast = 0;
const shown = new Map<string, ToastOptions>();

export const toast = {
  show(message: string, options: ToastOptions = {}): string {
    const id = String(++lastToast);
    shown.set(id, options);
    tell({
      type: "toast",
      toast: {
        id,
        message,
        isError: options.isError === true,
        durationMs: options.duration ?? 5000,
        action: options.action ?? null,
      },
    });
    return id;
  },
  hide(id: string) {
    tell({ type: "hideToast", id });
  },
};

onMessage((message) => {
  if (message.type !== "toastAction") return;
  const options = shown.get(message.id);
  shown.delete(message.id);
  if (message.outcome === "action") options?.onAction?.();
  else options?.onDismiss?.();
});
