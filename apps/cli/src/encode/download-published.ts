import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as z from 'zod';
import { PublishedFile } from '@transcode/contracts';
import { Refusal, systemCode } from '../refusal.ts';
import type { RestClient } from '../rest-client.ts';
import { draftOf, makeFolder } from './out-folder.ts';

const AT_ONCE = 4;

/** Copies the published folder. It appears under its name only when every file is there in its full size. */
export async function downloadPublished(
  client: RestClient,
  videoId: string,
  out: string,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const { files } = await client.get(`/videos/${videoId}/files`, z.object({ files: z.array(PublishedFile) }));
  const draft = draftOf(out);
  try {
    let done = 0;
    const queue = files.values();
    const work = async (): Promise<void> => {
      for (const file of queue) {
        signal.throwIfAborted();
        await downloadFile(client, file, pathInside(draft, file.name), signal);
        onProgress((done += 1), files.length);
      }
    };
    await makeFolder(draft);
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    await rmdir(out).catch(ignoreMissing);
    await rename(draft, out);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function downloadFile(client: RestClient, file: PublishedFile, path: string, signal: AbortSignal): Promise<void> {
  const response = await client.download(file.url);
  if (response.body === null) throw new Refusal(`${file.name} came without content.`);
  await mkdir(dirname(path), { recursive: true });
  const target = createWriteStream(path, { flags: 'wx' });
  await pipeline(Readable.fromWeb(response.body), target, { signal });
  if (target.bytesWritten !== file.bytes) {
    throw new Refusal(`${file.name} came with ${target.bytesWritten} bytes and should have ${file.bytes}.`);
  }
}

function pathInside(folder: string, name: string): string {
  const path = resolve(folder, name);
  if (!path.startsWith(resolve(folder) + sep))
    throw new Refusal(`A published file has a name that leaves the folder: ${name}`);
  return path;
}

function ignoreMissing(error: unknown): void {
  if (systemCode(error) !== 'ENOENT') throw error;
}
