import type { Readable } from 'node:stream';
import type { DiskRoom } from './disk-room.ts';

export interface StoredObject {
  key: string;
  bytes: number;
  modified: Date;
}

export interface ByteRange {
  start: number;
  /** Inclusive. */
  end: number;
}

export interface PutOptions {
  contentType?: string;
  /** How many bytes come. A body that breaks off before never becomes an object. */
  bytes?: number;
}

/** Where objects live. Everything is written once; failures are `TranscodeError`s, and a key that cannot be is a `BrokenInvariant`. */
export interface Storage {
  readonly kind: 'files' | 's3';
  /** The same, but that what is still asked of a server when the signal is aborted ends with `storage_unavailable`, and is not sent again. */
  until(signal: AbortSignal): Storage;
  /** Appears whole or not at all; `conflict` if the key exists, `disk_reserved` if its disk has no room that may be used. */
  put(key: string, body: Uint8Array | Readable, options?: PutOptions): Promise<{ bytes: number }>;
  /** `not_found` if there is none. A range that ends behind the object is cut there. */
  get(key: string, range?: ByteRange): Promise<Readable>;
  /** The whole of a small object. */
  read(key: string): Promise<Buffer>;
  head(key: string): Promise<StoredObject | undefined>;
  /** In order, folder by folder. Growing objects are not listed. */
  list(prefix: string): AsyncIterable<StoredObject>;
  /** Missing keys are fine. */
  delete(keys: readonly string[]): Promise<void>;
  /** Also what grows there; says how many objects went. */
  deletePrefix(prefix: string): Promise<number>;
  /** Removes what `put` had begun in a process that died before that time; says how many. No object is touched. */
  tidy(before: Date): Promise<number>;
  /** An address that a browser can fetch without us; undefined where there is none. */
  presign(key: string, options: { expiresSeconds: number; contentType?: string }): Promise<string | undefined>;
  /** The path of the object's file, where it is one. */
  localPath(key: string): string | undefined;
  growing(key: string, options: { expectedBytes: number }): GrowingObject;
  /** Throws `storage_unavailable`. */
  health(): Promise<void>;
  /** What its disk has; undefined where nobody can tell, as of a bucket. */
  room(): Promise<DiskRoom | undefined>;
  close(): Promise<void>;
}

export interface AppendOptions {
  onDurable?: ((size: number) => void) | undefined;
  /** Once aborted nothing more is begun. */
  signal?: AbortSignal | undefined;
  /** Once aborted the body counts as broken there: what arrived before is kept, and the rest left to whoever has it. */
  enough?: AbortSignal | undefined;
}

/** An object that is still arriving. One writer at a time; who that is, its user decides. */
export interface GrowingObject {
  /** Durable contiguous bytes, asked from storage itself. */
  size(): Promise<number>;
  /**
   * Appends until the body ends or breaks and returns the durable size; what arrived before the break is kept.
   * `conflict` if `offset` is not the size, or the object is finished; `disk_reserved` once its disk has no room that may be used, with
   * what came before kept.
   */
  append(offset: number, body: Readable, options?: AppendOptions): Promise<number>;
  /** Cuts it back to `size`. */
  truncate(size: number): Promise<void>;
  /** What is durable so far. */
  read(range?: ByteRange): Promise<Readable>;
  /** It becomes the plain object; doing it again is harmless. */
  finish(): Promise<{ bytes: number }>;
  /** Removes what arrived. A finished object stays. */
  abort(): Promise<void>;
}
