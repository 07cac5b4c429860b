/** One alert that explains others: while it fires they are not told. */
export interface Inhibition {
  readonly source: string;
  readonly silences: readonly string[];
  /** Only where both say the same of these labels. */
  readonly equal?: readonly string[];
}

/** What no queue moves without. */
const WORK_STANDS = [
  'QueueDeep',
  'OldestTaskWaits',
  'TranscodingStalled',
  'TimeToReadyBurnsFast',
  'TimeToReadyBurnsSlowly',
] as const;
const REQUESTS_FAIL = ['APIErrors', 'APILatency', 'APIAvailabilityBurnsFast', 'APIAvailabilityBurnsSlowly'] as const;
const JOBS_FAIL = ['JobsFailing', 'JobSuccessBurnsFast', 'JobSuccessBurnsSlowly'] as const;
const UPKEEP = ['OutboxBacklog', 'ReconcilerStepFailing'] as const;

/** Each cause with what follows from it. A cause is never silenced by what it causes itself. */
export const INHIBITIONS: readonly Inhibition[] = [
  { source: 'TargetMissing', silences: ['APIDown', 'WorkerNotScraped'] },
  { source: 'APIDown', silences: [...REQUESTS_FAIL, ...WORK_STANDS, ...UPKEEP, 'ReconcilerWithoutLeader'] },
  {
    source: 'DatabaseDown',
    silences: [
      ...REQUESTS_FAIL,
      ...WORK_STANDS,
      ...JOBS_FAIL,
      ...UPKEEP,
      'ReconcilerWithoutLeader',
      'NoWorkerAlive',
      'WorkerNotScraped',
      'WorkerQuarantined',
      'DatabasePoolExhausted',
      'DatabaseConnectionsNearLimit',
      'BackupFailed',
    ],
  },
  { source: 'RedisDown', silences: [...REQUESTS_FAIL, ...WORK_STANDS, ...UPKEEP, 'RedisMemoryNearLimit'] },
  {
    source: 'StorageDown',
    silences: [
      ...REQUESTS_FAIL,
      ...WORK_STANDS,
      ...JOBS_FAIL,
      'StorageErrors',
      'ReconcilerStepFailing',
      'NoWorkerAlive',
      'WorkerQuarantined',
      'UploadsWaitForCopy',
      'ObjectCopyLagging',
    ],
  },
  { source: 'DiskNearlyFull', silences: ['DiskFilling', 'ScratchFilling', 'APIErrors', 'StorageErrors'] },
  { source: 'NoWorkerAlive', silences: ['QueueDeep', 'OldestTaskWaits'], equal: ['class'] },
  { source: 'NoWorkerAlive', silences: ['TranscodingStalled', 'TimeToReadyBurnsFast', 'TimeToReadyBurnsSlowly'] },
  { source: 'TranscodingStalled', silences: ['QueueDeep', 'OldestTaskWaits'] },
  { source: 'BackupsStopped', silences: ['BackupOverdue', 'BackupFailed'] },
  { source: 'BackupStoreUnreadable', silences: ['BackupOverdue', 'BackupFailed', 'WALArchiveLagging'] },
  { source: 'UploadsWaitForCopy', silences: ['ObjectCopyLagging'] },
  { source: 'ObjectCopyStopped', silences: ['ObjectCopyLagging'] },
  { source: 'ReconcilerWithoutLeader', silences: [...UPKEEP] },
  { source: 'APIErrors', silences: ['APIAvailabilityBurnsFast', 'APIAvailabilityBurnsSlowly'] },
  { source: 'APIAvailabilityBurnsFast', silences: ['APIAvailabilityBurnsSlowly'] },
  { source: 'JobsFailing', silences: ['JobSuccessBurnsFast', 'JobSuccessBurnsSlowly'] },
  { source: 'JobSuccessBurnsFast', silences: ['JobSuccessBurnsSlowly'] },
  { source: 'TimeToReadyBurnsFast', silences: ['TimeToReadyBurnsSlowly'] },
  { source: 'CertificateNearlyExpired', silences: ['CertificateExpiresSoon'], equal: ['instance'] },
];
