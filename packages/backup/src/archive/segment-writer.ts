import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Readable } from 'node:stream';
import { TranscodeError } from '@transcode/contracts';
import type { Storage } from '@transcode/storage';
import { seal } from '../seal.ts';
import type { Lsn } from './lsn.ts';
import { cover, digestOf, pieceKey, type Piece } from './piece.ts';

interface WriterOptions {
  store: Storage;
  recipients: readonly string[];
  archive: string;
  timeline: number;
  /** Where the WAL begins that comes: the beginning of a segment. */
  from: Lsn;
  segmentBytes: bigint;
  /** What the store has of that segment. It comes again and has to be the same. */
  stored: readonly Piece[];
  /** All that was committed before is in what is stored. */
  until: Date;
}

/** What comes is not what came before: this is not the Postgres, or not the past, that the archive is of. */
export class OtherPast extends Error {}

/** WAL compresses well at the lowest level, and a database that is busy needs its cores. */
const LEVEL = 1;

/** Puts WAL into the store as it comes: each segment in pieces while it grows, and as one once it is whole. */
export class SegmentWriter {
  readonly #options: WriterOptions;
  readonly #segment: Buffer;
  #start: Lsn;
  #received: Lsn;
  #kept: Lsn;
  #until: Date;
  /** Of the segment that grows, in the store. */
  #pieces: Piece[];
  /** Still to be held against what comes. */
  #expected: Piece[];
  #turn: Promise<void> = Promise.resolve();

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#segment = Buffer.alloc(Number(options.segmentBytes));
    this.#start = options.from;
    this.#received = options.from;
    const { parts, reached } = cover(options.stored, options.from);
    this.#kept = reached;
    this.#pieces = [...options.stored];
    this.#expected = parts;
    this.#until = options.until;
  }

  get received(): Lsn {
    return this.#received;
  }

  /** Up to where the store has all. */
  get kept(): Lsn {
    return this.#kept;
  }

  async take(from: Lsn, wal: Uint8Array): Promise<void> {
    if (from !== this.#received)
      throw new Error(`Postgres sent WAL of ${from}, and that of ${this.#received} was next`);
    let rest = wal;
    while (rest.byteLength > 0) {
      const room = this.#segment.length - Number(this.#received - this.#start);
      const part = rest.subarray(0, room);
      this.#segment.set(part, Number(this.#received - this.#start));
      this.#received += BigInt(part.byteLength);
      this.#compare();
      if (part.byteLength === room) await this.#alone(() => this.#finish());
      rest = rest.subarray(room);
    }
  }

  /** Stores what came and is not stored yet. Until when all that was committed is in it is known where `until` is given. */
  async store(until?: Date): Promise<void> {
    await this.#alone(async () => {
      if (until !== undefined && until > this.#until) this.#until = until;
      if (this.#received <= this.#kept) return;
      const [from, to] = [this.#kept, this.#received];
      this.#pieces.push(await this.#put(from, to));
      this.#kept = to;
    });
  }

  #compare(): void {
    while (this.#expected[0] !== undefined && this.#expected[0].to <= this.#received) {
      const { from, to, digest } = this.#expected[0];
      if (digestOf(this.#slice(from, to)) !== digest) throw new OtherPast('what is there now is not what was stored');
      this.#expected.shift();
    }
  }

  async #finish(): Promise<void> {
    const { segmentBytes, store } = this.#options;
    const end = this.#start + segmentBytes;
    await this.#put(this.#start, end);
    this.#kept = end;
    await store.delete(this.#pieces.map(({ key }) => key));
    this.#pieces = [];
    this.#start = end;
    this.#segment.fill(0);
  }

  async #put(from: Lsn, to: Lsn): Promise<Piece> {
    const { store, recipients, archive, timeline } = this.#options;
    const wal = Buffer.from(this.#slice(from, to));
    const about = { timeline, from, to, until: this.#until, digest: digestOf(wal), sealed: recipients.length > 0 };
    const key = pieceKey(archive, about);
    const zipped = await promisify(gzip)(wal, { level: LEVEL });
    try {
      await store.put(key, recipients.length === 0 ? zipped : await sealed(zipped, recipients));
    } catch (error) {
      // Its name says what is in it: an answer was lost.
      if (!(error instanceof TranscodeError && error.code === 'conflict')) throw error;
    }
    return { key, ...about };
  }

  #slice(from: Lsn, to: Lsn): Uint8Array {
    return this.#segment.subarray(Number(from - this.#start), Number(to - this.#start));
  }

  /** One at a time, in order; where one fails the next is tried all the same. */
  async #alone(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work);
    // Whoever waits hears of it.
    this.#turn = turn.catch(() => undefined);
    await turn;
  }
}

async function sealed(bytes: Buffer, recipients: readonly string[]): Promise<Buffer> {
  return Buffer.concat(
    (await (await seal(Readable.from([bytes], { objectMode: false }), recipients)).toArray()) as Buffer[],
  );
}
