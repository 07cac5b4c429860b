import { TranscodeError, type AudioRendition, type Grid, type Plan } from '@transcode/contracts';
import { decimal } from './grid-filter.ts';
import { sourceArgv } from './source-argv.ts';

/** What the published video is compared with: small pictures of every frame, and the sound as mono 16-bit samples. */
export interface ReferenceShape {
  readonly thumbnail: { readonly width: number; readonly height: number };
  readonly sampleRate: number;
}

export interface ReferenceInputs {
  readonly source: string;
  readonly protocols: string;
  /** Raw pictures, one after another. */
  readonly picture: string;
  /** Raw samples, one file a rendition of the plan's sound. */
  readonly sounds: readonly string[];
  readonly progress: string;
}

/** Where tones are mapped, pictures are first made this small, in pixels of the long side: it costs a fraction of the full size. */
const LONG_SIDE = 256;

/** ffmpeg's arguments for the whole source as it should have come out, on the published clock: picture and all sound in one pass. */
export function referenceArgv(plan: Plan, { thumbnail, sampleRate }: ReferenceShape, io: ReferenceInputs): string[] {
  const graphs = [
    `[0:${plan.videoStreamIndex}]${affordable(plan)},${thumbnailFilter(thumbnail)}[t]`,
    ...plan.audio.map((audio, position) => `${soundGraph(audio, plan.grid, sampleRate)}[s${position}]`),
  ];
  return [
    ...['-nostdin', '-hide_banner', '-y', '-loglevel', 'level+error', '-nostats'],
    ...['-stats_period', '0.25', '-progress', io.progress, '-copyts', '-reinit_filter', '0'],
    ...sourceArgv({ ...io, demuxer: plan.demuxer }),
    ...['-filter_complex', graphs.join(';')],
    ...['-map', '[t]', '-fps_mode', 'passthrough', '-f', 'rawvideo', io.picture],
    ...plan.audio.flatMap(({ name }, position) => [
      ...['-map', `[s${position}]`, '-f', 's16le', io.sounds[position] ?? missingOutput(name)],
    ]),
  ];
}

/** Filters that make a small picture of one of any size. Without exact rounding two sizes of the same picture differ by a level. */
export function thumbnailFilter({ width, height }: ReferenceShape['thumbnail']): string {
  return `scale=${width}:${height}:flags=area+accurate_rnd+full_chroma_int,format=yuv420p`;
}

function affordable({ referenceFilter, reference: { width, height } }: Plan): string {
  if (!referenceFilter.includes('tonemap')) return referenceFilter;
  const shrink = Math.min(1, LONG_SIDE / Math.max(width, height));
  const side = (length: number): number => Math.max(16, Math.round((length * shrink) / 2) * 2);
  return referenceFilter.replace(/(?<=\bscale=)\d+:\d+(?=:)/, `${side(width)}:${side(height)}`);
}

/** Written anew, not taken from the rendition's filter, so that a mistake there does not hide itself. */
function soundGraph({ streamIndex, filter }: AudioRendition, { zeroSeconds }: Grid, sampleRate: number): string {
  const chosen = /(?<=,)pan=[^,]+/.exec(filter);
  return [
    `[0:${streamIndex}]asetpts=round(PTS-${decimal(zeroSeconds)}/TB)`,
    'atrim=start=0',
    ...(chosen === null ? [] : chosen),
    'aformat=channel_layouts=mono',
    `aresample=${sampleRate}:async=1:min_hard_comp=0.02:first_pts=0`,
    'aformat=sample_fmts=s16',
  ].join(',');
}

function missingOutput(rendition: string): never {
  throw new TranscodeError('bad_request', { reason: `there is no output for the sound ${rendition}` });
}
