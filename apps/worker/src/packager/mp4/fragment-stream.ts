import type { Readable } from 'node:stream';
import type { Box } from './box.ts';
import { ByteReader } from './byte-reader.ts';
import { readFragment } from './fragment.ts';
import { packageFailed } from '../package-failed.ts';
import type { Track } from './track.ts';
import { readTrack } from './track.ts';

export interface Sample {
  readonly tick: number;
  readonly ticks: number;
  readonly shift: number;
  readonly isSync: boolean;
  readonly data: Buffer;
}

/** Bounds on what one box or one sample may make us hold in memory. */
const MAX_HEADER_BYTES = 4 * 1024 ** 2;
const MAX_SAMPLE_BYTES = 64 * 1024 ** 2;
const SKIPPED = new Set(['ftyp', 'styp', 'sidx', 'free', 'skip', 'mfra', 'prft']);

/** Reads a fragmented MP4 of one track as it arrives: the track first, then its samples in decode order. */
export class FragmentStream {
  readonly #reader: ByteReader;

  constructor(stream: Readable, mostBytes?: number) {
    this.#reader = new ByteReader(stream, mostBytes);
  }

  async track(): Promise<Track> {
    const moov = await this.#nextHeader('moov');
    if (moov === undefined) throw packageFailed('the encoder wrote nothing');
    return readTrack(moov);
  }

  async *samples(track: Track): AsyncGenerator<Sample> {
    for (;;) {
      const moof = await this.#nextHeader('moof');
      if (moof === undefined) return;
      // Offsets count from the first byte of the moof; its header is eight bytes, as is the mdat's.
      let at = moof.body.length + 8;
      const mdat = await this.#boxHeader();
      if (mdat?.type !== 'mdat') throw packageFailed('a fragment has no media data after its header');
      const end = at + 8 + mdat.bytes;
      at += 8;
      for (const { offset, bytes, ...times } of readFragment(moof, track)) {
        if (offset < at || offset + bytes > end) throw packageFailed('a sample lies outside its fragment');
        if (bytes > MAX_SAMPLE_BYTES) throw packageFailed('a sample is too large');
        await this.#reader.skip(offset - at, 'media data');
        yield { ...times, data: await this.#reader.read(bytes, 'a sample') };
        at = offset + bytes;
      }
      await this.#reader.skip(end - at, 'media data');
    }
  }

  close(): Promise<void> {
    return this.#reader.close();
  }

  /** The next box that matters, which has to be of this type; nothing at the end of the stream. */
  async #nextHeader(type: 'moov' | 'moof'): Promise<Box | undefined> {
    for (;;) {
      const header = await this.#boxHeader();
      if (header === undefined) return undefined;
      if (header.type === type) {
        if (header.bytes > MAX_HEADER_BYTES) throw packageFailed(`the box ${type} is too large`);
        return { type, body: await this.#reader.read(header.bytes, type) };
      }
      if (!SKIPPED.has(header.type)) throw packageFailed(`${JSON.stringify(header.type)} stands where ${type} belongs`);
      await this.#reader.skip(header.bytes, header.type);
    }
  }

  async #boxHeader(): Promise<{ type: string; bytes: number } | undefined> {
    if (await this.#reader.atEnd()) return undefined;
    const header = await this.#reader.read(8, 'the header of a box');
    const type = header.toString('latin1', 4, 8);
    const size = header.readUInt32BE(0);
    if (size < 8) throw packageFailed(`the box ${JSON.stringify(type)} has no usable length`);
    return { type, bytes: size - 8 };
  }
}
