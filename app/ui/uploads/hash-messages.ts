/** To the hash worker: first the file, whole; then parts of it, by their bytes' positions. */
export type HashRequest = { kind: "whole"; file: File } | { kind: "part"; id: number; start: number; end: number };

/** From it. `sha256` is lower-case hex, `md5` base64; `unreadable` without an id means the whole file. */
export type HashAnswer =
  | { kind: "whole"; sha256: string }
  | { kind: "part"; id: number; md5: string }
  | { kind: "unreadable"; id: number | null; reason: string };
