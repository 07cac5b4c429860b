import { TranscodeError, type Plan } from '@transcode/contracts';
import { decimal, windowed } from './grid-filter.ts';
import { leadInFrame, seekArgv } from './seek-argv.ts';
import { sourceArgv } from './source-argv.ts';

export interface CompareInputs {
  readonly source: string;
  readonly protocols: string;
  readonly output: string;
  readonly progress: string;
}

/** ffmpeg's arguments for frames `startFrame` to `endFrame` of the reference as grey thumbnails, one after another, raw. */
export function referenceThumbnailsArgv(
  plan: Plan,
  { startFrame, endFrame, width, height }: { startFrame: number; endFrame: number; width: number; height: number },
  io: CompareInputs,
): string[] {
  const fromFrame = leadInFrame(startFrame);
  const reference = windowed(plan.referenceFilter, plan.grid, { fromFrame, startFrame, endFrame });
  return [
    ...quietArgv(io.progress),
    ...seekArgv(plan, fromFrame),
    ...sourceArgv({ ...io, demuxer: plan.demuxer }),
    ...[
      '-filter_complex',
      `[0:${plan.videoStreamIndex}]${reference},scale=${width}:${height}:flags=area,format=gray[t]`,
    ],
    ...['-map', '[t]', '-fps_mode', 'passthrough', '-f', 'rawvideo', io.output],
  ];
}

/** Sound of a source is read from this long before what is wanted, so that decoders have settled. */
const SOUND_LEAD_SECONDS = 2;

/** ffmpeg's arguments for a part of the source's sound on the published clock, as mono 16-bit samples. */
export function referenceSoundArgv(
  plan: Plan,
  rendition: string,
  { startSeconds, seconds, sampleRate }: { startSeconds: number; seconds: number; sampleRate: number },
  io: CompareInputs,
): string[] {
  const audio = plan.audio.find(({ name }) => name === rendition);
  if (audio === undefined) throw new TranscodeError('bad_request', { reason: `the plan has no sound ${rendition}` });
  const first = Math.round(startSeconds * sampleRate);
  const samples = Math.round(seconds * sampleRate);
  const seconds0 = first / sampleRate;
  const from = plan.grid.zeroSeconds + startSeconds - SOUND_LEAD_SECONDS;
  const graph = [
    `[0:${audio.streamIndex}]asetpts=round(PTS-${decimal(plan.grid.zeroSeconds)}/TB)`,
    `atrim=start=${decimal(seconds0)}`,
    `aformat=channel_layouts=mono`,
    `aresample=${sampleRate}:async=1:min_hard_comp=0.02:first_pts=${first}`,
    `apad=whole_len=${samples}`,
    `atrim=end_sample=${samples}[s]`,
  ].join(',');
  return [
    ...quietArgv(io.progress),
    ...(startSeconds > SOUND_LEAD_SECONDS * 2
      ? ['-seek_timestamp', '1', '-noaccurate_seek', '-ss', decimal(from)]
      : []),
    ...sourceArgv({ ...io, demuxer: plan.demuxer }),
    ...['-filter_complex', graph, '-map', '[s]', '-ac', '1', '-ar', String(sampleRate), '-f', 's16le', io.output],
  ];
}

function quietArgv(progress: string): string[] {
  return ['-nostdin', '-hide_banner', '-y', '-loglevel', 'level+error', '-nostats', '-progress', progress, '-copyts'];
}
