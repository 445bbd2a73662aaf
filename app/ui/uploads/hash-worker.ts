// Runs in a Web Worker: hashing keeps a core busy, and the page must stay quick.
import { createMD5, createSHA256, type IHasher } from "hash-wasm";
import type { HashAnswer, HashRequest } from "./hash-messages";

const SLICE_BYTES = 4 * 1024 * 1024;

let file: File | undefined;

self.addEventListener("message", ({ data }: MessageEvent<HashRequest>) => {
  void (data.kind === "whole" ? hashWhole(data.file) : hashPart(data.id, data.start, data.end));
});

async function hashWhole(whole: File) {
  file = whole;
  try {
    const sha256 = await createSHA256();
    await read(whole, 0, whole.size, sha256);
    answer({ kind: "whole", sha256: sha256.digest("hex") });
  } catch (error) {
    answer({ kind: "unreadable", id: null, reason: String(error) });
  }
}

async function hashPart(id: number, start: number, end: number) {
  try {
    if (!file) throw new Error("No file was named");
    const md5 = await createMD5();
    await read(file, start, end, md5);
    answer({ kind: "part", id, md5: btoa(String.fromCharCode(...md5.digest("binary"))) });
  } catch (error) {
    answer({ kind: "unreadable", id, reason: String(error) });
  }
}

/** Reads bit by bit: a part asked for meanwhile is hashed between two slices. */
async function read(source: Blob, start: number, end: number, hasher: IHasher) {
  hasher.init();
  for (let offset = start; offset < end; offset += SLICE_BYTES) {
    const slice = source.slice(offset, Math.min(offset + SLICE_BYTES, end));
    hasher.update(new Uint8Array(await slice.arrayBuffer()));
  }
}

function answer(message: HashAnswer) {
  self.postMessage(message);
}
