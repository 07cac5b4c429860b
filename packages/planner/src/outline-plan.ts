import {
  BrokenInvariant,
  SOURCE_LIMITS,
  TranscodeError,
  type Plan,
  type Preset,
  type Probe,
} from '@transcode/contracts';
import { planNotes } from './notes/plan-notes.ts';
import { videoRenditions } from './picture/video-renditions.ts';
import { planGrid } from './plan-grid.ts';
import { audioRenditions } from './sound/audio-renditions.ts';

interface PlanOutline extends Pick<Plan, 'grid' | 'video' | 'audio' | 'notes'> {
  readonly top: Plan['video'][number];
}

/** What a plan makes of a source, without how it is made: all that a page shows of it, and light enough for one. */
export function outlinePlan(probe: Probe, preset: Preset): PlanOutline {
  refuseOversized(probe);
  const grid = planGrid(probe);
  const video = videoRenditions(probe.video, preset, grid);
  const [top] = video;
  if (top === undefined) throw new BrokenInvariant('The preset has no rung.');
  return {
    ...{ grid, video, top },
    audio: audioRenditions(probe.audio, grid, preset.audioBitRate),
    notes: planNotes({ probe, preset, grid, video }),
  };
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
