import type { Stage } from '@transcode/contracts';

const STAGES: Record<Stage, string> = {
  probe: 'Read the file',
  plan: 'Plan',
  encode: 'Encode',
  audio: 'Encode sound',
  package: 'Package',
  verify: 'Verify',
  measure: 'Measure',
  publish: 'Publish',
  poster: 'Make the poster',
  erase: 'Remove files',
};

/** A task in an operator's words: `Encode chunk 3`. */
export function taskWords({ stage, index }: { stage: Stage; index: number }): string {
  // The first task of the verification is of the folder and the sound; chunks follow.
  if (stage === 'verify') return index === 0 ? 'Verify the folder' : `Verify chunk ${index}`;
  return stage === 'encode' ? `Encode chunk ${index + 1}` : STAGES[stage];
}
