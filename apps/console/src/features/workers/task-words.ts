import type { Stage, TaskClass } from '@transcode/contracts';

const STAGES: Record<Stage, string> = {
  probe: 'Read the file',
  plan: 'Plan',
  encode: 'Encode',
  audio: 'Encode sound',
  package: 'Package',
  verify: 'Verify',
  measure: 'Measure',
  publish: 'Publish',
  erase: 'Remove files',
};

const CLASSES: Record<TaskClass, string> = { cpu: 'CPU', gpu: 'GPU', light: 'Light', maintenance: 'Maintenance' };

/** A task in an operator's words: `Encode chunk 3`. */
export function taskWords({ stage, index }: { stage: Stage; index: number }): string {
  // The first task of the verification is of the folder and the sound; chunks follow.
  if (stage === 'verify') return index === 0 ? 'Verify the folder' : `Verify chunk ${index}`;
  return stage === 'encode' ? `Encode chunk ${index + 1}` : STAGES[stage];
}

export function classWords(taskClass: TaskClass): string {
  return CLASSES[taskClass];
}

/** `CPU work`, `light work`. */
export function workWords(taskClass: TaskClass): string {
  return `${taskClass === 'cpu' || taskClass === 'gpu' ? CLASSES[taskClass] : taskClass} work`;
}

/** `CPU, Light`. */
export function classesWords(classes: readonly TaskClass[]): string {
  return classes.map(classWords).join(', ');
}
