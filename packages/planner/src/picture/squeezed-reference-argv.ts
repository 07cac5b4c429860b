import type { Plan, Probe } from '@transcode/contracts';
import { colourFilter } from './colour-filter.ts';
import { deinterlaceAsCoded } from './deinterlace-filter.ts';
import { turnFilter } from './fit-filter.ts';
import { gridFilter, windowed } from './grid-filter.ts';
import { referenceProcessArgv, type PictureReferenceInputs } from './picture-reference-argv.ts';
import type { FrameWindow } from './picture-window.ts';
import { leadInFrame, seekArgv } from '../seek-argv.ts';
import { plannedSourceArgv, turnArgv } from '../source-argv.ts';
import { neutralTags } from './taken-colour.ts';
import { thumbnailFilter, type ThumbnailSize } from './thumbnail-filter.ts';

/** Lines enough for two fields. */
const SMALL = { width: 256, height: 288 };

/**
 * ffmpeg's arguments for the source's frames where they change their shape: every picture is squeezed into one small size, whatever
 * it was, and what it was is said of each in a line of its own. Who reads it gives them their shape back.
 */
export function squeezedReferenceArgv(
  plan: Plan,
  { probe, window, thumbnail }: { probe: Probe; window: FrameWindow; thumbnail: ThumbnailSize },
  io: PictureReferenceInputs,
): string[] {
  const { video } = probe;
  const { startFrame, endFrame, seekSeconds } = window;
  const grid = windowed(`,${gridFilter(plan.grid, probe)}`, plan.grid, {
    ...{ fromFrame: leadInFrame(startFrame), startFrame, endFrame },
  }).slice(1);
  const deinterlace = deinterlaceAsCoded(video.scan);
  const filter = [
    ...[grid, 'showinfo=checksum=0', ...neutralTags(video)],
    `scale=${SMALL.width}:${SMALL.height}:flags=area+accurate_rnd:interl=${deinterlace.length}`,
    ...deinterlace,
    ...[...turnFilter(video), ...colourFilter(video, { width: 4 * thumbnail.width, height: 4 * thumbnail.height })],
    thumbnailFilter(thumbnail),
  ].join(',');
  return [
    ...referenceProcessArgv(io.progress, 'info'),
    ...[...seekArgv({ seekSeconds }), ...turnArgv(plan), ...plannedSourceArgv(plan, io)],
    ...['-filter_complex', `[0:${plan.videoStreamIndex}]${filter}[t]`],
    ...['-map', '[t]', '-fps_mode', 'passthrough', '-f', 'rawvideo', io.output],
  ];
}
