import type { HashAnswer, HashRequest } from "./hash-messages";

/** The browser could not read the file any more: it was moved, deleted or changed since it was chosen. */
class FileUnreadable extends Error {
  override name = "FileUnreadable";
}

export type FileHashes = {
  /** Of the whole file, lower-case hex. Computing begins at once. */
  sha256: Promise<string>;
  /** Of the bytes from `start` up to, not including, `end`: base64. */
  md5: (start: number, end: number) => Promise<string>;
  stop: () => void;
};

/** Hashes a file in a worker of its own. @throws FileUnreadable, from either promise. */
export function hashFile(file: File): FileHashes {
  const worker = new Worker(new URL("./hash-worker.ts", import.meta.url), { type: "module" });
  const ask = (request: HashRequest) => worker.postMessage(request);
  const parts = new Map<number, PromiseWithResolvers<string>>();
  const whole = promiseWithResolvers<string>();
  whole.promise.catch(() => {}); // whoever awaits it hears of it
  let nextId = 0;

  worker.addEventListener("message", ({ data }: MessageEvent<HashAnswer>) => {
    if (data.kind === "whole") whole.resolve(data.sha256);
    if (data.kind === "part") parts.get(data.id)?.resolve(data.md5);
    if (data.kind === "unreadable") {
      const promise = data.id === null ? whole : parts.get(data.id);
      promise?.reject(new FileUnreadable(data.reason));
    }
    if (data.kind !== "whole" && data.id !== null) parts.delete(data.id);
  });
  worker.addEventListener("error", (event) => {
    for (const promise of [whole, ...parts.values()]) promise.reject(new Error(`Hashing failed: ${event.message}`));
    parts.clear();
  });
  ask({ kind: "whole", file });

  return {
    sha256: whole.promise,
    md5(start, end) {
      const id = nextId++;
      const part = promiseWithResolvers<string>();
      parts.set(id, part);
      ask({ kind: "part", id, start, end });
      return part.promise;
    },
    stop: () => worker.terminate(),
  };
}

type PromiseWithResolvers<Value> = {
  promise: Promise<Value>;
  resolve: (value: Value) => void;
  reject: (reason: Error) => void;
};

/** Promise.withResolvers, for browsers of before 2024. */
function promiseWithResolvers<Value>(): PromiseWithResolvers<Value> {
  let settle: Omit<PromiseWithResolvers<Value>, "promise"> | undefined;
  const promise = new Promise<Value>((resolve, reject) => {
    settle = { resolve, reject };
  });
  if (!settle) throw new Error("A promise runs its executor at once");
  return { promise, ...settle };
}
