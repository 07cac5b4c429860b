import type { Readable } from 'node:stream';
import { TranscodeError } from '@transcode/contracts';
import { inWords } from '../../ffmpeg/in-words.ts';
import { packageFailed } from '../package-failed.ts';

/** Pulls exact lengths of bytes from a stream; holds no more than what was asked for and one piece of the stream. */
export class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #pieces: Buffer[] = [];
  #buffered = 0;
  #ended = false;
  readonly #mostBytes: number;
  #read = 0;

  /** Refuses to go on where more comes than `mostBytes`. */
  constructor(stream: Readable, mostBytes = Infinity) {
    this.#mostBytes = mostBytes;
    this.#source = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** Exactly `length` bytes; an early end of the stream is an error that says what was being read. */
  async read(length: number, what: string): Promise<Buffer> {
    await this.#fill(length);
    if (this.#buffered < length) throw packageFailed(`the stream ended inside ${what}`);
    return this.#take(length);
  }

  async skip(length: number, what: string): Promise<void> {
    for (let left = length; left > 0;) {
      const step = Math.min(left, 65_536);
      await this.read(step, what);
      left -= step;
    }
  }

  async atEnd(): Promise<boolean> {
    await this.#fill(1);
    return this.#buffered === 0;
  }

  /** Tells the stream that nobody reads on; what writes into it sees a broken pipe. */
  async close(): Promise<void> {
    this.#pieces = [];
    this.#buffered = 0;
    await this.#source.return?.();
  }

  async #fill(length: number): Promise<void> {
    while (this.#buffered < length && !this.#ended) {
      const next = await this.#source.next();
      if (next.done === true) {
        this.#ended = true;
      } else if (next.value.length > 0) {
        this.#pieces.push(next.value);
        this.#buffered += next.value.length;
        this.#read += next.value.length;
        if (this.#read > this.#mostBytes) {
          throw new TranscodeError('ffmpeg_output_too_large', { program: 'ffmpeg', limit: inWords(this.#mostBytes) });
        }
      }
    }
  }

  #take(length: number): Buffer {
    const taken: Buffer[] = [];
    for (let left = length; left > 0;) {
      const piece = this.#pieces[0];
      if (piece === undefined) break;
      taken.push(piece.subarray(0, left));
      if (piece.length <= left) this.#pieces.shift();
      else this.#pieces[0] = piece.subarray(left);
      left -= Math.min(left, piece.length);
    }
    this.#buffered -= length;
    const [only] = taken;
    return taken.length === 1 && only !== undefined ? only : Buffer.concat(taken, length);
  }
}
