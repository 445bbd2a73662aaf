import type { AdminMessage, AppMessage, FromAdmin, FromApp, QuestionName, Questions } from "./messages.ts";

let lastQuestionId = 0;
const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
const listeners: ((message: FromAdmin) => void)[] = [];

/** The admin's window: the frame's parent, unless the app was opened outside a frame. */
const admin = window.parent;
const isEmbedded = admin !== window;

window.addEventListener("message", (event: MessageEvent<AdminMessage | undefined>) => {
  if (event.source !== admin || event.data?.bridge !== 1) return;
  const message = event.data;
  if ("tell" in message) {
    for (const listener of listeners) listener(message.tell);
    return;
  }
  const asked = waiting.get(message.questionId);
  waiting.delete(message.questionId);
  if ("error" in message) asked?.reject(new Error(message.error));
  else asked?.resolve(message.answer);
});

export function tell(message: FromApp) {
  post({ bridge: 1, tell: message });
}

export function ask<Name extends QuestionName>(
  name: Name,
  question: Questions[Name]["question"],
): Promise<Questions[Name]["answer"]> {
  if (!isEmbedded) return Promise.reject(new Error("This page is not inside the admin: open the app from there."));
  const questionId = ++lastQuestionId;
  return new Promise((resolve, reject) => {
    waiting.set(questionId, { resolve: resolve, reject });
    post({ bridge: 1, ask: name, question, questionId });
  });
}

export function onMessage(listener: (message: FromAdmin) => void) {
  listeners.push(listener);
}

function post(message: AppMessage) {
  if (isEmbedded) admin.postMessage(message, "*");
}
