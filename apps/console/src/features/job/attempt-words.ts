import type { AttemptOutcome, AttemptView, Stage } from '@transcode/contracts';
import { STAGE_WORDS } from '../video/stage-list.tsx';

const OUTCOME_WORDS: Record<AttemptOutcome, string> = {
  completed: 'done',
  failed: 'failed',
  lost: 'lost: the worker went silent, and another took over',
  handed_back: 'handed back: the worker was stopped',
  canceled: 'canceled',
  superseded: 'given up: the renditions were started anew',
};

/** How an attempt ended, and why. */
export function outcomeWords({ outcome, failure }: Pick<AttemptView, 'outcome' | 'failure'>): string {
  if (outcome === null) return 'in work';
  return failure === null || outcome === 'lost'
    ? OUTCOME_WORDS[outcome]
    : `${OUTCOME_WORDS[outcome]}: ${failure.detail ?? failure.sentence}`;
}

/** `Encode the picture 3`; a stage of one task has no number. */
export function taskName({ stage, index }: { stage: Stage; index: number }, tasksOfStage: number): string {
  return tasksOfStage > 1 ? `${STAGE_WORDS[stage]} ${index + 1}` : STAGE_WORDS[stage];
}

const SHORT: Record<Stage, string> = {
  probe: 'Read',
  plan: 'Plan',
  encode: 'Picture',
  audio: 'Sound',
  package: 'Playlists',
  verify: 'Check',
  measure: 'Quality',
  publish: 'Publish',
  poster: 'Poster',
  erase: 'Remove',
};

/** What there is room for in a bar. */
export function shortName({ stage, index }: { stage: Stage; index: number }, tasksOfStage: number): string {
  return tasksOfStage > 1 ? `${SHORT[stage]} ${index + 1}` : SHORT[stage];
}
