import type { JobState, Priority } from '@transcode/contracts';

export const STATE_WORDS: Record<JobState, string> = {
  queued: 'Waiting',
  running: 'Running',
  completed: 'Done',
  failed: 'Failed',
  canceled: 'Canceled',
};

export const PRIORITY_WORDS: Record<Priority, string> = { low: 'Low', normal: 'Normal', high: 'High' };
