import {
  Plan,
  PLAN_VERSION,
  SOURCE_LIMITS,
  TranscodeError,
  type Grid,
  type Preset,
  type Probe,
} from '@transcode/contracts';
import { audioRenditions } from './audio-renditions.ts';
import { DEMUXERS } from './demuxer.ts';
import { toNumber } from './fraction.ts';
import { planChunks, type ChunkLengths } from './plan-chunks.ts';
import { planGrid } from './plan-grid.ts';
import { planNotes } from './plan-notes.ts';
import { planStoryboard } from './plan-storyboard.ts';
import { referenceFilter } from './reference-filter.ts';
import { videoRenditions } from './video-renditions.ts';

export interface PlanOptions {
  readonly chunks?: ChunkLengths;
}

/** Decides everything about the encoding of a source. Pure: the same probe and preset give the same plan. */
export function planVideo(probe: Probe, preset: Preset, options: PlanOptions = {}): Plan {
  refuseOversized(probe);
  const grid = planGrid(probe);
  const video = videoRenditions(probe.video, preset, grid);
  const [top] = video;
  if (top === undefined) throw new TranscodeError('bad_request', { reason: 'the preset has no rung' });
  const reference = { width: top.width, height: top.height };
  const durationSeconds = publishedSeconds(probe, grid);
  return Plan.parse({
    version: PLAN_VERSION,
    preset: preset.name,
    demuxer: DEMUXERS[probe.container],
    videoStreamIndex: probe.video.index,
    grid,
    referenceFilter: referenceFilter(probe, grid, reference),
    reference,
    video,
    audio: audioRenditions(probe.audio, grid, preset.audioBitRate),
    chunks: planChunks(probe, grid, options.chunks),
    durationSeconds,
    storyboard: planStoryboard(reference, grid.frames / toNumber(grid.rate)),
    qualityFloor: preset.qualityFloor,
    notes: planNotes({ probe, preset, grid, video }),
  });
}

function refuseOversized({ video, durationSeconds }: Probe): void {
  const pixels = Math.max(video.width * video.height, video.displayWidth * video.displayHeight);
  if (pixels > SOURCE_LIMITS.pixels) {
    const limit = `${SOURCE_LIMITS.pixels} pixels`;
    throw new TranscodeError('source_too_large', {
      what: `pictures of ${video.displayWidth}x${video.displayHeight}`,
      limit,
    });
  }
  if (Math.max(video.displayWidth, video.displayHeight) > SOURCE_LIMITS.side) {
    throw new TranscodeError('source_too_large', {
      what: `pictures of ${video.displayWidth}x${video.displayHeight}`,
      limit: `${SOURCE_LIMITS.side} pixels a side`,
    });
  }
  if (durationSeconds > SOURCE_LIMITS.durationSeconds) {
    const limit = `${SOURCE_LIMITS.durationSeconds / 3600} hours`;
    throw new TranscodeError('source_too_large', { what: `${(durationSeconds / 3600).toFixed(1)} hours`, limit });
  }
}

function publishedSeconds({ audio }: Probe, grid: Grid): number {
  const soundEnds = audio.map((stream) => stream.endSeconds - grid.zeroSeconds);
  return Math.max(grid.frames / toNumber(grid.rate), ...soundEnds);
}
