import { createHash } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { writePrivate } from '../data-folder/write-private.ts';
import { systemCode } from '../refusal.ts';
import type { PreviousUpload, UrlStorage } from 'tus-js-client';

const Entry = z.object({
  size: z.number().nullable(),
  metadata: z.record(z.string(), z.string()),
  creationTime: z.string(),
  uploadUrl: z.string(),
});

/**
 * Remembers unfinished uploads in the data folder, one file each, so that a command that is given again goes on where it stopped.
 * The port of the API may be another one by then, so the address is taken relative to it.
 */
export class ResumeStore implements UrlStorage {
  readonly #folder: string;
  readonly #apiUrl: string;

  constructor(folder: string, apiUrl: string) {
    this.#folder = folder;
    this.#apiUrl = apiUrl;
  }

  findAllUploads(): Promise<PreviousUpload[]> {
    return Promise.resolve([]);
  }

  async findUploadsByFingerprint(fingerprint: string): Promise<PreviousUpload[]> {
    const key = this.#keyOf(fingerprint);
    const entry = await readEntry(join(this.#folder, key));
    if (entry === undefined) return [];
    const uploadUrl = new URL(new URL(entry.uploadUrl).pathname, this.#apiUrl).href;
    return [{ ...entry, uploadUrl, urlStorageKey: key, parallelUploadUrls: null }];
  }

  async addUpload(fingerprint: string, upload: PreviousUpload): Promise<string> {
    const key = this.#keyOf(fingerprint);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writePrivate(join(this.#folder, key), JSON.stringify(upload));
    return key;
  }

  async removeUpload(key: string): Promise<void> {
    await rm(join(this.#folder, key), { force: true });
  }

  #keyOf(fingerprint: string): string {
    return `${createHash('sha256').update(fingerprint).digest('hex')}.json`;
  }
}

async function readEntry(file: string): Promise<z.infer<typeof Entry> | undefined> {
  try {
    const parsed = Entry.safeParse(JSON.parse(await readFile(file, 'utf8')));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
