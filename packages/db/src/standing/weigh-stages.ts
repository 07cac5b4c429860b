import type { Stage } from '@transcode/contracts';

/** How much of a journey's time a stage takes, roughly. Measuring runs beside the others and counts only where publishing waits. */
const WEIGHTS: Readonly<Record<Stage, number>> = {
  probe: 2,
  plan: 1,
  encode: 70,
  audio: 5,
  package: 4,
  verify: 14,
  measure: 8,
  publish: 2,
  poster: 0,
  erase: 0,
};

/** Checking the folder and all sound takes about this share of what checking the picture does. */
export const FOLDER_SHARE = 0.05;

/** Of all tasks of a stage, in whatever they are measured by. */
export interface StageSums {
  readonly all: number;
  readonly done: number;
}

/** 0..1: finished work over all work, by each stage's weight. */
export function weighStages(
  stages: ReadonlyMap<Stage, StageSums>,
  { isPlanned, waitsForMeasure }: { isPlanned: boolean; waitsForMeasure: boolean },
): number {
  let done = 0;
  let all = 0;
  for (const [stage, weight] of Object.entries(WEIGHTS) as [Stage, number][]) {
    const sums = stages.get(stage);
    const counts = stage !== 'measure' || waitsForMeasure;
    // Before there is a plan, the later stages have no tasks yet but are still to come.
    if (!counts || (sums === undefined && isPlanned)) continue;
    all += weight;
    done += sums === undefined || sums.all === 0 ? 0 : (weight * sums.done) / sums.all;
  }
  return all === 0 ? 0 : Math.min(1, done / all);
}
