import type { AwsBody } from "@uppy/aws-s3";
import type { Uppy } from "@uppy/core";
import { partSizeOf } from "~/domain/asset/part-size";
import { hashFile, type FileHashes } from "./hash-file";
import { Pace } from "./pace";
import type { Upload, UploadTarget } from "./upload";
import { authorization, callCancel, callCreate, callSignPart, uploadPath } from "./upload-calls";
import { problemOf } from "./upload-problem";

type Engine = Uppy<Record<string, unknown>, AwsBody>;
type Change = Partial<Upload>;

const LONGEST_WAIT_MS = 30_000;
const MOST_ATTEMPTS = 8;

/** The upload of one file: an Uppy of its own, its hashes, and the patience to go on after a broken connection. */
export class Transfer {
  private engine: Engine | undefined;
  private hashes: FileHashes | undefined;
  private readonly pace = new Pace();
  private versionId: string | null;
  private beginning: Promise<string> | undefined;
  /** Since bytes last arrived that had not before. */
  private attempts = 0;
  private furthestBytes = 0;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  /** Tells a start from one that a pause has overtaken. */
  private runs = 0;
  private isPaused = false;
  private isReconnecting = false;
  private isOver = false;
  private readonly file: File;
  private readonly target: UploadTarget;
  private readonly tell: (change: Change) => void;

  /** @param tell  hears of everything a screen shows */
  constructor(file: File, target: UploadTarget, tell: (change: Change) => void) {
    this.file = file;
    this.target = target;
    this.tell = tell;
    this.versionId = target.kind === "rest" ? target.versionId : null;
  }

  /** Begins, or goes on where storage's parts end. Everything that happens is told. */
  start() {
    this.attempts = 0;
    this.tell({ status: "uploading", problem: null, bytesPerSecond: null });
    return this.run();
  }

  pause() {
    this.isPaused = true;
    clearTimeout(this.retryTimer);
    this.engine?.pauseAll();
    this.tell({ status: "paused", bytesPerSecond: null });
  }

  /** The device went offline: Uppy waits in silence, the screen should not. */
  interrupt() {
    this.pace.restart();
    this.isReconnecting = true;
    this.tell({ status: "reconnecting", problem: "This device is offline.", bytesPerSecond: null });
  }

  /** Tries again at once instead of after the wait. */
  hurry() {
    if (this.retryTimer && !this.isPaused && !this.isOver) void this.run();
  }

  /** Stops and forgets it, here and on the server. @throws CallFailed when the server could not be told. */
  async cancel() {
    this.pause();
    await this.beginning?.catch(() => {}); // what is being begun can only be cancelled once it is
    if (this.versionId) await callCancel(this.versionId);
    this.end();
  }

  private async run() {
    clearTimeout(this.retryTimer);
    this.retryTimer = undefined;
    this.isPaused = false;
    this.pace.restart();
    const run = ++this.runs;
    const isOutdated = () => run !== this.runs || this.isOver || this.isPaused;
    try {
      const versionId = await this.begin();
      const plugins = this.engine ? null : await loadUppy();
      if (isOutdated()) return;
      this.hashes ??= this.startHashing();
      if (plugins) await this.launch(versionId, plugins);
      else if (this.engine) goOn(this.engine);
    } catch (error) {
      this.stumble(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Begins on the server, once. */
  private begin(): Promise<string> {
    this.beginning ??= this.versionId ? Promise.resolve(this.versionId) : this.create();
    return this.beginning;
  }

  private async create(): Promise<string> {
    const assetId = this.target.kind === "asset" ? null : this.target.assetId;
    try {
      const created = await callCreate(this.file, assetId);
      this.versionId = created.versionId;
      this.tell({ versionId: created.versionId, assetId: created.assetId });
      return created.versionId;
    } catch (error) {
      this.beginning = undefined;
      throw error;
    }
  }

  private startHashing(): FileHashes {
    const hashes = hashFile(this.file);
    hashes.sha256.then(
      (sha256) => this.tell({ sha256 }),
      () => {}, // told when the upload asks for it
    );
    return hashes;
  }

  private async launch(versionId: string, { UppyCore, AwsS3 }: Plugins) {
    const engine: Engine = new UppyCore<Record<string, unknown>, AwsBody>({ logger: silent });
    engine.use(AwsS3, {
      shouldUseMultipart: true,
      getChunkSize: ({ size }) => partSizeOf(size),
      signRequest: (request) => this.sign(versionId, request),
    });
    engine.on("upload-progress", (_file, { bytesUploaded }) => this.progressed(bytesUploaded || 0));
    engine.on("upload-error", (_file, error) => this.stumble(error));
    engine.on("upload-success", () => void this.finish());
    const fileId = engine.addFile({ name: this.file.name, type: this.file.type, data: this.file });
    // The server began the upload, so Uppy only ever resumes: it asks for the parts there are and sends the rest.
    engine.setFileState(fileId, { s3Multipart: { uploadId: versionId, key: versionId } });
    this.engine = engine;
    await engine.upload();
  }

  /** Where Uppy's S3 client sends its request: parts to storage, everything else to the app. */
  private async sign(versionId: string, request: { method: string; partNumber?: number }) {
    const { method, partNumber } = request;
    if (method === "PUT" && partNumber) return this.signPart(versionId, partNumber);
    if (method === "GET") return { url: uploadPath(versionId), headers: await authorization() };
    if (method === "POST") return this.completion(versionId);
    throw new Error(`An upload needs no ${method}`);
  }

  private async signPart(versionId: string, partNumber: number) {
    const partSizeBytes = partSizeOf(this.file.size);
    const start = (partNumber - 1) * partSizeBytes;
    const md5 = await this.hashed().md5(start, Math.min(start + partSizeBytes, this.file.size));
    return callSignPart(versionId, { partNumber, md5 });
  }

  private async completion(versionId: string) {
    this.tell({ status: "finishing", uploadedBytes: this.file.size, bytesPerSecond: null });
    const sha256 = await this.hashed().sha256;
    return { url: `${uploadPath(versionId)}?sha256=${sha256}`, headers: await authorization() };
  }

  private hashed(): FileHashes {
    if (!this.hashes) throw new Error("Hashing begins before the upload");
    return this.hashes;
  }

  private progressed(uploadedBytes: number) {
    if (this.isOver || this.isPaused) return;
    if (uploadedBytes > this.furthestBytes) this.attempts = 0;
    this.furthestBytes = Math.max(this.furthestBytes, uploadedBytes);
    const bytesPerSecond = this.pace.add(performance.now(), uploadedBytes);
    this.tell({ uploadedBytes, bytesPerSecond });
    if (this.isReconnecting && navigator.onLine) {
      this.isReconnecting = false;
      this.tell({ status: "uploading", problem: null });
    }
  }

  private async finish() {
    const sha256 = await this.hashed().sha256;
    this.tell({ status: "done", sha256, uploadedBytes: this.file.size, bytesPerSecond: null, problem: null });
    this.end();
  }

  private stumble(error: Error) {
    if (this.isOver || this.isPaused) return;
    const { isPassing, message } = problemOf(error);
    this.attempts += 1;
    if (!isPassing || (this.attempts > MOST_ATTEMPTS && navigator.onLine)) {
      this.hashes?.stop();
      this.hashes = undefined;
      this.tell({ status: "failed", problem: message, bytesPerSecond: null });
      return;
    }
    this.isReconnecting = true;
    this.tell({ status: "reconnecting", problem: message, bytesPerSecond: null });
    const waitMs = Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** (this.attempts - 1));
    this.retryTimer = setTimeout(() => void this.run(), waitMs);
  }

  private end() {
    this.isOver = true;
    clearTimeout(this.retryTimer);
    this.hashes?.stop();
    this.engine?.destroy();
  }
}

/** Loaded at the first upload: a page that uploads nothing stays light. */
async function loadUppy() {
  const [core, s3] = await Promise.all([import("@uppy/core"), import("@uppy/aws-s3")]);
  return { UppyCore: core.default, AwsS3: s3.default };
}

type Plugins = Awaited<ReturnType<typeof loadUppy>>;

function goOn(engine: Engine) {
  const [file] = engine.getFiles();
  if (file?.error) void engine.retryUpload(file.id);
  else engine.resumeAll();
}

/** Every problem is told on the screen. */
const silent = { debug() {}, warn() {}, error() {} };
