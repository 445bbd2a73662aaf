/** The bundler puts text here; the worker that runs the extension has no `process`. */
declare const process: { env: { APP_URL?: string } };

/** Where the app answers, as built in; null in a bundle that was built without it. */
export function appUrl(): string | null {
  try {
    return process.env.APP_URL || null;
  } catch {
    return null;
  }
}
