import type { Box } from './box.ts';
import { packageFailed } from '../package-failed.ts';

/** Reads the fields of a box one after another and refuses to read past its end. */
export class Fields {
  readonly #box: Box;
  #at = 0;

  constructor(box: Box) {
    this.#box = box;
  }

  get left(): number {
    return this.#box.body.length - this.#at;
  }

  u8(): number {
    return this.#box.body.readUInt8(this.#advance(1));
  }

  u16(): number {
    return this.#box.body.readUInt16BE(this.#advance(2));
  }

  u32(): number {
    return this.#box.body.readUInt32BE(this.#advance(4));
  }

  i32(): number {
    return this.#box.body.readInt32BE(this.#advance(4));
  }

  u64(): number {
    return this.#exact(this.#box.body.readBigUInt64BE(this.#advance(8)));
  }

  i64(): number {
    return this.#exact(this.#box.body.readBigInt64BE(this.#advance(8)));
  }

  letters(length: number): string {
    const at = this.#advance(length);
    return this.#box.body.toString('latin1', at, at + length);
  }

  bytes(length: number): Buffer {
    const at = this.#advance(length);
    return this.#box.body.subarray(at, at + length);
  }

  skip(length: number): this {
    this.#advance(length);
    return this;
  }

  /** Version and flags of a full box. */
  header(): { version: number; flags: number } {
    const word = this.u32();
    return { version: word >>> 24, flags: word & 0xff_ff_ff };
  }

  #exact(value: bigint): number {
    if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER))
      throw packageFailed(`${this.#box.type} holds a number too large to be exact`);
    return Number(value);
  }

  #advance(length: number): number {
    if (length > this.left) throw packageFailed(`the box ${this.#box.type} is too short`);
    const at = this.#at;
    this.#at += length;
    return at;
  }
}
