import { publishedName, TranscodeError, videoFolder, type PublishedFolder } from '@transcode/contracts';
import type { Storage } from '@transcode/storage';
import type { FinishedChunks } from '../packager/assemble.ts';

/** All that manifests name is still in storage, in its size: it may be a while since it was verified. */
export async function demandObjects(
  storage: Storage,
  { video, audio, job }: FinishedChunks,
  { files }: PublishedFolder,
): Promise<void> {
  const renditions = [...video, ...(audio === undefined ? [] : [audio])].flatMap((chunk) => chunk.renditions);
  const objects = renditions.flatMap(({ init, segments }) => [init, ...segments]);
  const named = [...objects.map(({ key, bytes }) => ({ key, bytes, name: publishedName(job, key) ?? key })), ...files];
  const stored = new Map<string, number>();
  // Chunks that an earlier job of the video made are in its folder.
  for await (const { key, bytes } of storage.list(videoFolder(job))) stored.set(key, bytes);
  for (const { key, bytes, name } of named) {
    const found = stored.get(key);
    if (found === bytes) continue;
    const reason = found === undefined ? `${name} is missing` : `${name} has ${found} bytes, not ${bytes}`;
    throw new TranscodeError('verify_failed', { reason });
  }
}
