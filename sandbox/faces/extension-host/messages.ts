import type { Messages } from "../context.ts";

/** What one extension on a page is given. Everything under `signals` becomes a signal of the `shopify` global. */
export type ExtensionSetup = {
  handle: string;
  target: string;
  bundleUrl: string;
  apiVersion: string;
  /** of the page around it */
  language: string;
  /** of `messages`: the nearest the extension has */
  extensionLanguage: string;
  messages: Messages;
  signals: Record<string, unknown>;
  /** given as they are */
  values: Record<string, unknown>;
  hasNavigation: boolean;
  /** where a guest signs in, to come back to this page */
  signInUrl: string;
};

/** What the worker asks of the page. */
export type Questions = {
  sessionToken: { args: []; answer: string };
  requireLogin: { args: []; answer: undefined };
  navigate: { args: [url: string]; answer: undefined };
  showToast: { args: [text: string]; answer: number };
  hideToast: { args: [id: number]; answer: undefined };
  readStorage: { args: [key: string]; answer: unknown };
  writeStorage: { args: [key: string, value: unknown]; answer: undefined };
  deleteStorage: { args: [key: string]; answer: undefined };
  callElement: { args: [id: string, method: string, ...rest: unknown[]]; answer: unknown };
};

export type QuestionName = keyof Questions;

export type FromWorker =
  | { up: true }
  | { mutations: unknown[] }
  | { ask: QuestionName; args: unknown[]; questionId: number }
  | { rendered: true }
  | { failed: string };

export type ToWorker =
  | { setup: ExtensionSetup }
  | { call: number; args: unknown[] }
  | { questionId: number; answer: unknown }
  | { questionId: number; error: string };

/** A function cannot cross over: its number does. */
export type FunctionNumber = { functionNumber: number };
