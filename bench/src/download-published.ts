import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PublishedFile } from '@transcode/contracts';
import * as z from 'zod';

const Files = z.object({ files: z.array(PublishedFile) });

/** Fetches a published folder over HTTP, as anybody would who may see the video. */
export async function downloadPublished(url: string, key: string, videoId: string, folder: string): Promise<void> {
  const headers = { authorization: `Bearer ${key}` };
  const answer = await fetch(new URL(`/api/v1/videos/${videoId}/files`, url), { headers });
  if (!answer.ok) throw new Error(`its files cannot be listed: ${answer.status} ${await answer.text()}`);
  for (const file of Files.parse(await answer.json()).files) {
    const target = path.join(folder, file.name);
    await mkdir(path.dirname(target), { recursive: true });
    const body = await fetch(new URL(file.url, url));
    if (!body.ok) throw new Error(`${file.name} cannot be fetched: ${body.status}`);
    await writeFile(target, Buffer.from(await body.arrayBuffer()));
  }
}
