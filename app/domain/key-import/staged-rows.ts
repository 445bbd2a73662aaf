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
// More than any row takes: its texts have 500 characters at most.
const ROW_BYTES = 8_192;

/** Room for any piece of a file: 32,768 rows, of 160 bytes beside their texts. What is not written to takes none. */
export const PIECE_BYTES = 8 * 1024 * 1024;

/** What stands before and after the rows in PostgreSQL's binary COPY format. */
export const copyHeader = Buffer.concat([Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"), Buffer.alloc(8)]);
export const copyTrailer = Buffer.from([0xff, 0xff]);

/**
 * Writes rows in PostgreSQL's binary COPY format, without header and trailer.
 * See https://www.postgresql.org/docs/current/sql-copy.html
 */
export class StagedRowWriter {
  private readonly memory: Buffer;
  private length = 0;
  private readonly importId: Buffer;

  constructor(importId: string, memory: SharedArrayBuffer) {
    this.memory = Buffer.from(memory);
    this.importId = Buffer.from(importId.replaceAll("-", ""), "hex");
  }

  /** @throws RangeError when the memory may not suffice */
  add(row: StagedRow) {
    if (this.length + ROW_BYTES > this.memory.length) throw new RangeError("The memory for staged rows is full");
    this.length = this.memory.writeInt16BE(COLUMNS, this.length);
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

  /** How much is written. */
  get bytes(): number {
    return this.length;
  }

  private binary(value: Uint8Array | null) {
    if (this.isNull(value)) return;
    this.length = this.memory.writeInt32BE(value.length, this.length);
    this.memory.set(value, this.length);
    this.length += value.length;
  }

  private text(value: string | null) {
    if (this.isNull(value)) return;
    const written = this.memory.write(value, this.length + 4);
    this.memory.writeInt32BE(written, this.length);
    this.length += 4 + written;
  }

  private integer(value: number | null) {
    if (this.isNull(value)) return;
    this.length = this.memory.writeInt32BE(4, this.length);
    this.length = this.memory.writeInt32BE(value, this.length);
  }

  private moment(value: number | null) {
    if (this.isNull(value)) return;
    this.length = this.memory.writeInt32BE(8, this.length);
    this.length = this.memory.writeBigInt64BE(BigInt(value - EPOCH_MS) * 1000n, this.length);
  }

  private isNull<Value>(value: Value | null): value is null {
    if (value !== null) return false;
    this.length = this.memory.writeInt32BE(-1, this.length);
    return true;
  }
}
