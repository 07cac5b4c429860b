import { BrokenInvariant, type Plan } from '@transcode/contracts';
import { FRAGMENTED, PLAIN_OUTPUT } from '../muxer-argv.ts';
import { pictureWindow, type PictureWindow } from './picture-window.ts';
import { processArgv } from '../process-argv.ts';

export interface ChunkInputs {
  readonly source: string;
  readonly protocols: string;
  /** One a rendition: a path, or `pipe:N`. */
  readonly outputs: readonly string[];
  readonly progress: string;
  readonly threads?: number;
}

/**
 * How full a later chunk finds the encoder's buffer, as a share of it: about what it is in the middle of a video that is bound by
 * its cap. A chunk that began with a full one would spend it, and the rung would grow by a percent and more.
 */
const STEADY_OCCUPANCY = 0.5;

/** ffmpeg's arguments for one chunk: one decode, every rendition, each as fragmented MP4 to its own output. */
export function chunkArgv(plan: Plan, chunkIndex: number, io: ChunkInputs): string[] {
  const chunk = plan.chunks[chunkIndex];
  if (chunk === undefined) throw new BrokenInvariant(`The plan has no chunk ${chunkIndex}.`);
  const { input, filter, hold } = pictureWindow(plan, chunk, io);
  const threads = io.threads === undefined ? [] : ['-threads', String(io.threads)];
  return [
    ...processArgv(io.progress),
    ...['-copyts', '-reinit_filter', '0', ...threads],
    ...input,
    ...['-filter_complex', chunkGraph(plan, { filter, hold })],
    ...plan.video.flatMap((rendition, position) => [
      ...['-map', `[v${position}]`, '-fps_mode', 'passthrough', '-c:v', rendition.encoder.name],
      ...rendition.encoder.options,
      ...(chunk.startFrame === 0 ? [] : ['-rc_init_occupancy', String(STEADY_OCCUPANCY * rendition.peakBitRate)]),
      ...threads,
      ...PLAIN_OUTPUT,
      ...['-movflags', `${FRAGMENTED}+frag_keyframe`, '-video_track_timescale', String(plan.grid.timescale)],
      io.outputs[position] ?? missingOutput(rendition.name),
    ]),
  ];
}

function chunkGraph(plan: Plan, { filter, hold }: Pick<PictureWindow, 'filter' | 'hold'>): string {
  const branches = plan.video.map((_, position) => `[r${position}]`).join('');
  const scales = plan.video.map(({ width, height }, position) => {
    const same = width === plan.reference.width && height === plan.reference.height;
    return `[r${position}]${same ? 'null' : `scale=${width}:${height}:flags=bicubic,setsar=1`}${hold}[v${position}]`;
  });
  return [`${filter},split=${plan.video.length}${branches}`, ...scales].join(';');
}

function missingOutput(rendition: string): never {
  throw new BrokenInvariant(`There is no output for ${rendition}.`);
}
