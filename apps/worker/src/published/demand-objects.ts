import { TranscodeError, type PublishedFolder } from '@transcode/contracts';
import type { Storage } from '@transcode/storage';
import type { FinishedChunks } from '../packager/assemble.ts';

/** All that manifests name is still in storage, in its size: it may be a while since it was verified. */
export async function demandObjects(
  storage: Storage,
  { video, audio, folder }: FinishedChunks,
  { files }: PublishedFolder,
): Promise<void> {
  const stored = new Map<string, number>();
  for await (const { key, bytes } of storage.list(folder)) stored.set(key, bytes);
  const renditions = [...video, ...(audio === undefined ? [] : [audio])].flatMap((chunk) => chunk.renditions);
  for (const { key, bytes } of [...renditions.flatMap(({ init, segments }) => [init, ...segments]), ...files]) {
    const found = stored.get(key);
    if (found === bytes) continue;
    const name = key.slice(folder.length);
    const reason = found === undefined ? `${name} is missing` : `${name} has ${found} bytes, not ${bytes}`;
    throw new TranscodeError('verify_failed', { reason });
  }
}
