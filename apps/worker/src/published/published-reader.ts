import { TranscodeError, type PublishedFolder } from '@transcode/contracts';
import type { Storage } from '@transcode/storage';

/** `v720/0-1/3.m4s`: chunk and claim in the name of a segment's folder. */
const SEGMENT_NAME = /^[a-z0-9-]+\/\d+-\d+\/[a-z0-9]+\.(mp4|m4s)$/;

/** The published folder, by the names that a player sees. */
export class PublishedReader {
  readonly #storage: Storage;
  readonly #folder: string;
  readonly #files: ReadonlyMap<string, string>;

  constructor(storage: Storage, folder: string, published: PublishedFolder) {
    this.#storage = storage;
    this.#folder = folder;
    this.#files = new Map(published.files.map(({ name, key }) => [name, key]));
  }

  /** The object behind a name. */
  key(name: string): string {
    const key = SEGMENT_NAME.test(name) ? `${this.#folder}${name}` : this.#files.get(name);
    if (key === undefined)
      throw new TranscodeError('verify_failed', { reason: `${name} is not in the published folder` });
    return key;
  }

  async bytes(name: string): Promise<Buffer> {
    try {
      return await this.#storage.read(this.key(name));
    } catch (error) {
      if (error instanceof TranscodeError && error.code === 'not_found') {
        throw new TranscodeError('verify_failed', { reason: `${name} is missing` }, { cause: error });
      }
      throw error;
    }
  }

  async text(name: string): Promise<string> {
    return (await this.bytes(name)).toString('utf8');
  }
}
