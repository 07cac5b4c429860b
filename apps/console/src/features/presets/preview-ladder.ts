import type { Preset, Probe } from '@transcode/contracts';
import { outlinePlan } from '@transcode/planner';

export interface PreviewRung {
  /** Lines of the short side. */
  readonly lines: number;
  readonly width: number;
  readonly height: number;
  /** Average cap, in bits per second. */
  readonly bitRate: number;
  /** The source has fewer lines: it is not made. */
  readonly skipped: boolean;
}

interface LadderPreview {
  /** Highest first. */
  readonly rungs: readonly PreviewRung[];
  readonly soundBitRate: number;
  readonly notes: readonly string[];
}

/** What the planner itself makes of a source with a preset; or the sentence by which it refuses the source. */
export function previewLadder(probe: Probe, preset: Preset): LadderPreview | { readonly refused: string } {
  try {
    const plan = outlinePlan(probe, preset);
    const made = plan.video.map(({ width, height, bitRate }) => ({
      ...{ lines: Math.min(width, height), width, height, bitRate, skipped: false },
    }));
    const top = made[0]?.lines ?? 0;
    const skipped = preset.ladder
      .filter(({ height }) => height > top)
      .map(({ height, bitRate }) => ({ lines: height, width: 0, height, bitRate, skipped: true }));
    return {
      rungs: [...skipped, ...made].toSorted((a, b) => b.lines - a.lines),
      soundBitRate: plan.audio.reduce((sum, { bitRate }) => sum + bitRate, 0),
      notes: plan.notes,
    };
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
}

/** Bytes that a minute of everything takes at most, on average. */
export function mostBytesAMinute({ rungs, soundBitRate }: LadderPreview): number {
  const bits = rungs.reduce((sum, { bitRate, skipped }) => sum + (skipped ? 0 : bitRate), soundBitRate);
  return (bits * 60) / 8;
}
