import { Plan, PLAN_VERSIONS, type Grid, type Preset, type Probe } from '@transcode/contracts';
import { DEMUXERS } from './demuxer.ts';
import { toNumber } from './fraction.ts';
import { outlinePlan } from './outline-plan.ts';
import { changesShape } from './picture/fit-filter.ts';
import { referenceFilter } from './picture/reference-filter.ts';
import { planChunks, type ChunkLengths } from './plan-chunks.ts';
import { planStoryboard } from './plan-storyboard.ts';

export interface PlanOptions {
  readonly chunks?: ChunkLengths;
}

/** Decides everything about the encoding of a source. Pure: the same probe and preset give the same plan. */
export function planVideo(probe: Probe, preset: Preset, options: PlanOptions = {}): Plan {
  const { grid, video, audio, notes, top } = outlinePlan(probe, preset);
  const reference = { width: top.width, height: top.height };
  const isTurnedByFilter = changesShape(probe.video);
  return Plan.parse({
    version: planVersion(probe, { grid, isTurnedByFilter, audio }),
    preset: preset.name,
    demuxer: DEMUXERS[probe.container],
    videoStreamIndex: probe.video.index,
    ...(probe.video.decoder === undefined ? {} : { decoder: probe.video.decoder }),
    ...(probe.isWithoutEdits === undefined ? {} : { isWithoutEdits: probe.isWithoutEdits }),
    ...(probe.clock === undefined ? {} : { clock: probe.clock }),
    grid,
    referenceFilter: referenceFilter(probe, grid, reference),
    reference,
    isTurnedByFilter,
    video,
    audio,
    chunks: planChunks(probe, grid, options.chunks),
    durationSeconds: publishedSeconds(probe, grid),
    storyboard: planStoryboard(reference, grid.frames / toNumber(grid.rate)),
    qualityFloor: preset.qualityFloor,
    notes,
  });
}

/** Workers that are older take what says `plain`, and nothing that they would carry out without its clocks, holds, joined sound or decoder, or with edits. */
function planVersion(
  { clock, video, isWithoutEdits = false }: Probe,
  { grid, isTurnedByFilter, audio }: Pick<Plan, 'grid' | 'isTurnedByFilter' | 'audio'>,
): Plan['version'] {
  if (video.decoder !== undefined || isWithoutEdits) return PLAN_VERSIONS.withDecoderOrWithoutEdits;
  const isPlain =
    clock === undefined &&
    grid.pictureFrames === undefined &&
    !isTurnedByFilter &&
    audio.every(
      ({ furtherStreams, countedFromSeconds }) => furtherStreams.length === 0 && countedFromSeconds === undefined,
    );
  return isPlain ? PLAN_VERSIONS.plain : PLAN_VERSIONS.withClocksAndHolds;
}

function publishedSeconds({ audio }: Probe, grid: Grid): number {
  const soundEnds = audio.map((stream) => stream.endSeconds - grid.zeroSeconds);
  return Math.max(grid.frames / toNumber(grid.rate), ...soundEnds);
}
