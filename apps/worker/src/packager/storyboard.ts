import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { GOP_SECONDS, type Plan } from '@transcode/contracts';
import { PROGRESS_PIPE, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { joinedSegments } from '../published/joined-segments.ts';
import type { StageContext } from '../task-context.ts';
import type { PackagedFile } from './packaged-file.ts';
import type { PublishedVideo } from './published-rendition.ts';

/** Sheets of small pictures, and the WebVTT that says which part of which sheet belongs to which seconds. */
export async function makeStoryboard(
  context: Pick<StageContext, 'storage' | 'tools' | 'scratch' | 'signal'>,
  { plan, rendition }: { plan: Plan; rendition: PublishedVideo },
): Promise<PackagedFile[]> {
  const { everySeconds, width, height, columns, rows } = plan.storyboard;
  const seconds = (plan.grid.frames * plan.grid.rate.den) / plan.grid.rate.num;
  const count = Math.max(1, Math.ceil(seconds / everySeconds));
  const keys = [rendition.initKey, ...rendition.segments.map(({ key }) => key)];
  // Where pictures are as far apart as key frames, nothing else has to be decoded.
  const onlyKeys = everySeconds >= GOP_SECONDS ? ['-skip_frame', 'nokey'] : [];
  const pictures = [
    `fps=1/${everySeconds}:start_time=0:round=up`,
    `tpad=stop_mode=clone:stop=${count}`,
    `trim=end_frame=${count}`,
    `scale=${width}:${height}:flags=area:out_range=pc`,
    'format=yuvj420p',
    `tile=${columns}x${rows}`,
  ];
  await runFfmpeg({
    ffmpeg: context.tools.ffmpeg,
    argv: [
      ...['-nostdin', '-hide_banner', '-loglevel', 'level+error', '-nostats', '-progress', PROGRESS_PIPE],
      ...['-protocol_whitelist', 'pipe', ...onlyKeys, '-f', 'mov', '-i', 'pipe:0'],
      ...['-vf', pictures.join(','), '-fps_mode', 'passthrough', '-q:v', '5', '-f', 'image2'],
      'storyboard-%d.jpg',
    ],
    outputs: 0,
    inputs: [joinedSegments(context.storage, keys)],
    cwd: context.scratch,
    signal: context.signal,
    consume: () => Promise.resolve(),
  });
  const sheets = await readSheets(context.scratch);
  const cues = storyboardCues(plan, seconds, count);
  return [...sheets, { name: 'storyboard.vtt', bytes: Buffer.from(cues), contentType: 'text/vtt' }];
}

/** ffmpeg counts sheets from 1, we from 0. */
async function readSheets(scratch: string): Promise<PackagedFile[]> {
  const names = (await readdir(scratch)).filter((name) => /^storyboard-\d+\.jpg$/.test(name));
  return Promise.all(
    names.map(async (name) => ({
      name: `storyboard-${Number(/\d+/.exec(name)?.[0]) - 1}.jpg`,
      bytes: await readFile(path.join(scratch, name)),
      contentType: 'image/jpeg',
    })),
  );
}

export function storyboardCues(plan: Plan, seconds: number, count: number): string {
  const { everySeconds, width, height, columns, rows } = plan.storyboard;
  const cues = Array.from({ length: count }, (_, index) => {
    const place = index % (columns * rows);
    const x = (place % columns) * width;
    const y = Math.floor(place / columns) * height;
    const sheet = Math.floor(index / (columns * rows));
    const [from, to] = [index * everySeconds, Math.min(seconds, (index + 1) * everySeconds)];
    return `${clock(from)} --> ${clock(to)}\nstoryboard-${sheet}.jpg#xywh=${x},${y},${width},${height}\n`;
  });
  return `WEBVTT\n\n${cues.join('\n')}`;
}

/** `hh:mm:ss.mmm` */
function clock(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  return `${part(ms / 3_600_000, 2)}:${part((ms / 60_000) % 60, 2)}:${part((ms / 1000) % 60, 2)}.${part(ms % 1000, 3)}`;
}

function part(value: number, length: number): string {
  return String(Math.floor(value)).padStart(length, '0');
}
