/** A line of a file as the table of staged keys holds it. */
export type StagedRow = {
  line: number;
  /** 16 bytes. */
  id: Uint8Array;
  reason: string | null;
  keyEnd: string;
  keyHash: Uint8Array | null;
  ciphertext: Uint8Array | null;
  target: string | null;
  activationLimit: number | null;
  /** Milliseconds since 1970. */
  expiresAt: number | null;
  note: string | null;
};

export const stagedColumns =
  '"importId", line, id, reason, "keyEnd", "keyHash", ciphertext, target, "activationLimit", "expiresAt", note';

const COLUMNS = 11;
// PostgreSQL counts from 2000.
const EPOCH_MS = Date.UTC(2000, 0, 1);
const TEXT_BYTES_PER_CHARACTER = 4;
// Counts, lengths, ids, line, limit and moment of a row.
const FIXED_BYTES = 128;

/** What stands before and after the rows in PostgreSQL's binary COPY format. */
export const copyHeader = Buffer.concat([Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"), Buffer.alloc(8)]);
export const copyTrailer = Buffer.from([0xff, 0xff]);

/**
 * Writes rows in PostgreSQL's binary COPY format, without header and trailer.
 * See https://www.postgresql.org/docs/current/sql-copy.html
 */
export class StagedRowWriter {
  private bytes = Buffer.allocUnsafeSlow(512 * 1024);
  private length = 0;
  private readonly importId: Buffer;

  constructor(importId: string) {
    this.importId = Buffer.from(importId.replaceAll("-", ""), "hex");
  }

  add(row: StagedRow) {
    this.reserve(row);
    this.length = this.bytes.writeInt16BE(COLUMNS, this.length);
    this.binary(this.importId);
    this.integer(row.line);
    this.binary(row.id);
    this.text(row.reason);
    this.text(row.keyEnd);
    this.binary(row.keyHash);
    this.binary(row.ciphertext);
    this.text(row.target);
    this.integer(row.activationLimit);
    this.moment(row.expiresAt);
    this.text(row.note);
  }

  /** Everything written, in memory that nothing else uses. */
  take(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.bytes.buffer, 0, this.length);
  }

  private reserve({ reason, keyEnd, keyHash, ciphertext, target, note }: StagedRow) {
    const characters = [reason, keyEnd, target, note].reduce((sum, text) => sum + (text?.length ?? 0), 0);
    const wanted =
      FIXED_BYTES +
      characters * TEXT_BYTES_PER_CHARACTER +
      (keyHash?.length ?? 0) +
      (ciphertext?.length ?? 0) +
      this.length;
    if (wanted <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(wanted, this.bytes.length * 2));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }

  private binary(value: Uint8Array | null) {
    if (this.isNull(value)) return;
    this.length = this.bytes.writeInt32BE(value.length, this.length);
    this.bytes.set(value, this.length);
    this.length += value.length;
  }

  private text(value: string | null) {
    if (this.isNull(value)) return;
    const written = this.bytes.write(value, this.length + 4);
    this.bytes.writeInt32BE(written, this.length);
    this.length += 4 + written;
  }

  private integer(value: number | null) {
    if (this.isNull(value)) return;
    this.length = this.bytes.writeInt32BE(4, this.length);
    this.length = this.bytes.writeInt32BE(value, this.length);
  }

  private moment(value: number | null) {
    if (this.isNull(value)) return;
    this.length = this.bytes.writeInt32BE(8, this.length);
    this.length = this.bytes.writeBigInt64BE(BigInt(value - EPOCH_MS) * 1000n, this.length);
  }

  private isNull<Value>(value: Value | null): value is null {
    if (value !== null) return false;
    this.length = this.bytes.writeInt32BE(-1, this.length);
    return true;
  }
}
