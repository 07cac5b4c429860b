/** A chunk below this is copied: a buffer of its own costs more than the bytes in it. */
const SMALL_BYTES = 4 * 1024;
const ROOM_BYTES = 64 * 1024;

/** Chunks of a body, in memory that grows with their bytes and not with their number. */
export class GatheredChunks {
  bytes = 0;
  #chunks: Buffer[] = [];
  #room = Buffer.alloc(0);
  #used = 0;

  add(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (chunk.length >= SMALL_BYTES) {
      this.#seal();
      this.#chunks.push(chunk);
      return;
    }
    if (this.#used + chunk.length > this.#room.length) {
      this.#seal();
      this.#room = Buffer.allocUnsafeSlow(ROOM_BYTES);
    }
    this.#used += chunk.copy(this.#room, this.#used);
  }

  /** Hands them over, and begins anew. */
  take(): { chunks: Buffer[]; bytes: number } {
    this.#seal();
    const taken = { chunks: this.#chunks, bytes: this.bytes };
    this.#chunks = [];
    this.bytes = 0;
    return taken;
  }

  #seal(): void {
    if (this.#used > 0) this.#chunks.push(this.#room.subarray(0, this.#used));
    this.#room = this.#room.subarray(this.#used);
    this.#used = 0;
  }
}
