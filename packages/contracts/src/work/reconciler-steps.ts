/** What the reconciler does, each a loop of its own. */
export const RECONCILER_STEPS = [
  'reapLeases',
  'restartRenditions',
  'redeliver',
  'clearQueues',
  'finishUploads',
  'sweepUploads',
  'relayOutbox',
  'sweepVideos',
  'planCopies',
  'copyObjects',
  'compareCopies',
  'tidyStorage',
  'tellLackOfRoom',
  'forgetHistory',
  'sampleBacklog',
  'sampleOutput',
  'sampleStorage',
  'forgetSamples',
  'loseSilentWorkers',
] as const;
export type ReconcilerStep = (typeof RECONCILER_STEPS)[number];
