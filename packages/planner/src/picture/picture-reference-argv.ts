import { ANY_DAMAGE } from '../process-argv.ts';
import type { Plan } from '@transcode/contracts';
import { pictureWindow, type FrameWindow } from './picture-window.ts';
import { thumbnailFilter, type ThumbnailSize } from './thumbnail-filter.ts';

export interface PictureReferenceInputs {
  readonly source: string;
  readonly protocols: string;
  /** Raw pictures, one after another. */
  readonly output: string;
  readonly progress: string;
}

/** Where tones are mapped, pictures are first made this small, in pixels of the long side: it costs a fraction of the full size. */
const LONG_SIDE = 256;

/** ffmpeg's arguments for what a part of the published picture is compared with: the source's frames as they should be, small. */
export function pictureReferenceArgv(
  plan: Plan,
  { thumbnail, ...window }: FrameWindow & { readonly thumbnail: ThumbnailSize },
  io: PictureReferenceInputs,
): string[] {
  const { input, filter } = pictureWindow(plan, window, io);
  return [
    ...referenceProcessArgv(io.progress, 'error'),
    ...input,
    ...['-filter_complex', `${affordable(filter, plan)},${thumbnailFilter(thumbnail)}[t]`],
    ...['-map', '[t]', '-fps_mode', 'passthrough', '-f', 'rawvideo', io.output],
  ];
}

/** How ffmpeg starts for a reference, and how much it says. */
export function referenceProcessArgv(progress: string, level: 'error' | 'info'): string[] {
  return [
    ...['-nostdin', '-hide_banner', '-y', '-loglevel', `level+${level}`, '-nostats'],
    ...ANY_DAMAGE,
    ...['-stats_period', '0.25', '-progress', progress, '-copyts', '-reinit_filter', '0'],
  ];
}

function affordable(filter: string, { reference: { width, height } }: Plan): string {
  if (!filter.includes('tonemap')) return filter;
  const shrink = Math.min(1, LONG_SIDE / Math.max(width, height));
  const side = (length: number): number => Math.max(16, Math.round((length * shrink) / 2) * 2);
  return filter.replace(/(?<=\bscale=)\d+:\d+(?=:)/, `${side(width)}:${side(height)}`);
}
