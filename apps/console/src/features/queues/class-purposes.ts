import type { TaskClass } from '@transcode/contracts';

/** What a class of work is for. */
export const CLASS_PURPOSES: Record<TaskClass, string> = {
  cpu: 'Encodes and checks on processors',
  gpu: 'Encodes on graphics cards',
  light: 'Reads, plans, packages, publishes',
  maintenance: 'Removes what was deleted',
};
