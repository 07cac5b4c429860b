import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { VideoDetail } from '@transcode/contracts';
import { withTemporaryKey } from '../encode/with-temporary-key.ts';
import { Refusal } from '../refusal.ts';
import type { DataFolder } from '../data-folder/data-folder.ts';

const PLAYED_SECONDS = 20;
const PATIENCE_MS = 300_000;

/** Plays a video as a player does, from its first playlist on, and says how many pictures came. Throws unless some did. */
export async function playVideo(
  folder: DataFolder,
  { url, ffmpeg, videoId, signal }: { url: string; ffmpeg: string; videoId: string; signal: AbortSignal },
): Promise<number> {
  return withTemporaryKey(folder, url, async (client) => {
    const { playbackUrl, state } = await client.get(`/videos/${videoId}`, VideoDetail);
    if (playbackUrl === null) throw new Refusal(`The video ${videoId} is ${state} and cannot be played.`);
    const args = ['-v', 'error', '-xerror', '-protocol_whitelist', 'http,tcp,https,tls,crypto,file'];
    const input = ['-i', new URL(playbackUrl, url).href, '-map', '0:v:0', '-t', String(PLAYED_SECONDS)];
    const { stdout } = await promisify(execFile)(
      ffmpeg,
      [...args, ...input, '-f', 'null', '-', '-progress', 'pipe:1', '-nostats'],
      { signal, timeout: PATIENCE_MS },
    ).catch((cause: unknown) => {
      const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim().split('\n').at(-1) : '';
      throw new Refusal(`The video ${videoId} does not play: ${said === '' ? String(cause) : said}.`, { cause });
    });
    const frames = Number([...stdout.matchAll(/^frame=\s*(\d+)$/gm)].at(-1)?.[1] ?? 0);
    if (frames === 0) throw new Refusal(`Not one picture came of the video ${videoId}.`);
    return frames;
  });
}
