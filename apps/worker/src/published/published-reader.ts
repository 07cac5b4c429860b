import { publishedKey, TranscodeError, type JobNames, type PublishedFolder } from '@transcode/contracts';
import type { Storage } from '@transcode/storage';

/** The published folder, by the names that a player sees. */
export class PublishedReader {
  readonly #storage: Storage;
  readonly #job: JobNames;
  readonly #files: ReadonlyMap<string, string>;

  constructor(storage: Storage, job: JobNames, published: PublishedFolder) {
    this.#storage = storage;
    this.#job = job;
    this.#files = new Map(published.files.map(({ name, key }) => [name, key]));
  }

  /** The object behind a name. */
  key(name: string): string {
    const key = publishedKey(this.#job, name) ?? this.#files.get(name);
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
