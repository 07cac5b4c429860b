import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readPattern } from '@transcode/testing/media';
import type { Clip } from './clips.ts';
import { downloadPublished } from '../download-published.ts';
import type { World } from './world.ts';

interface Variant {
  readonly uri: string;
  readonly width: number;
  readonly height: number;
}

/** Reads the number in every picture of every rendition, as it is published. Nothing is wrong if the answer is empty. */
export async function judgeFrames(world: World, videoId: string, clip: Clip): Promise<string[]> {
  const folder = path.join(world.folder, 'published', videoId);
  const [line] = world.lines;
  if (line === undefined) throw new Error('There is no API to fetch from.');
  await downloadPublished(line.url, world.key, videoId, folder);
  const variants = variantsOf(await readFile(path.join(folder, 'master.m3u8'), 'utf8'));
  const complaints = variants.length === 0 ? ['the master playlist names no rendition'] : [];
  for (const { uri, width, height } of variants) {
    const input = await joined(folder, uri);
    const frames = await readPattern({ ffmpeg: world.tools.ffmpeg, input, width, height });
    const wrong = wrongNumbers(
      frames.map(({ number }) => number),
      clip.frames,
    );
    if (wrong !== undefined) complaints.push(`${uri}: ${wrong}`);
  }
  // What is right need not be kept.
  if (complaints.length === 0) await rm(folder, { recursive: true });
  return complaints;
}

/** Every number once and in order. */
export function wrongNumbers(numbers: readonly number[], wanted: number): string | undefined {
  const at = numbers.findIndex((number, index) => number !== index);
  if (at !== -1) return `picture ${at} of ${numbers.length} shows ${numbers[at]}`;
  return numbers.length === wanted ? undefined : `it has ${numbers.length} pictures, and ${wanted} were sent`;
}

function variantsOf(master: string): Variant[] {
  const lines = master.split('\n');
  return lines.flatMap((line, index) => {
    const size = /^#EXT-X-STREAM-INF:.*RESOLUTION=(\d+)x(\d+)/.exec(line);
    return size === null ? [] : [{ uri: lines[index + 1] ?? '', width: Number(size[1]), height: Number(size[2]) }];
  });
}

/** The init segment and all others in one file. */
async function joined(folder: string, uri: string): Promise<string> {
  const playlist = await readFile(path.join(folder, uri), 'utf8');
  const init = /^#EXT-X-MAP:URI="([^"]+)"/m.exec(playlist)?.[1];
  const segments = playlist.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  if (init === undefined) throw new Error(`${uri} names no init segment`);
  const base = path.dirname(path.join(folder, uri));
  const parts = await Promise.all([init, ...segments].map((name) => readFile(path.join(base, name))));
  const file = path.join(folder, `${uri.replaceAll('/', '_')}.joined.mp4`);
  await writeFile(file, Buffer.concat(parts));
  return file;
}
