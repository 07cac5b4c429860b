import type { TaskClass } from './stages.ts';

const CLASSES: Record<TaskClass, string> = { cpu: 'CPU', gpu: 'GPU', light: 'Light', maintenance: 'Maintenance' };

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
