import type { MetricShape } from './metric-shape.ts';

/** Each kind of backup that there is. */
const KIND = ['postgres'] as const;
const OF_API = { kind: 'gauge', from: ['api'], shared: true } as const;

/** What lies in the store of backups, as the API reads it. Without a store, or before the first of its kind, there is no series. */
export const BACKUP_METRICS = {
  backupStoreUp: {
    ...OF_API,
    name: 'transcode_backup_store_up',
    help: '1 where the store of backups could be read, else 0. Without a store there is no series.',
    labels: {},
  },
  backupLastSuccessAt: {
    ...OF_API,
    name: 'transcode_backup_last_success_timestamp_seconds',
    help: 'What is in the newest backup that counts is as it was then. A backup that fails changes nothing of it.',
    labels: { kind: KIND },
  },
  backupLastSuccessProofAt: {
    ...OF_API,
    name: 'transcode_backup_last_success_proof_timestamp_seconds',
    help: 'When the newest backup that counts was restored last, which proved it.',
    labels: { kind: KIND },
  },
  backupLastSuccessBytes: {
    ...OF_API,
    name: 'transcode_backup_last_success_size_bytes',
    help: 'Size of the newest backup that counts, as it is stored.',
    labels: { kind: KIND },
  },
  backupLastSuccessSeconds: {
    ...OF_API,
    name: 'transcode_backup_last_success_duration_seconds',
    help: 'Time that it took to make the newest backup that counts, and to restore it.',
    labels: { kind: KIND },
  },
  backupLastFailureAt: {
    ...OF_API,
    name: 'transcode_backup_last_failure_timestamp_seconds',
    help: 'When a backup failed last, as far as it could be written down beside the others.',
    labels: { kind: KIND },
  },
  backupArchiveNewestAt: {
    ...OF_API,
    name: 'transcode_backup_archive_newest_timestamp_seconds',
    help: 'The last moment that the archive of WAL can restore: what was committed since would be lost. Without an archive there is no series.',
    labels: {},
  },
  backupDrillAt: {
    ...OF_API,
    name: 'transcode_backup_drill_timestamp_seconds',
    help: 'When the last drill began, whatever came of it.',
    labels: {},
  },
  backupDrillPassed: {
    ...OF_API,
    name: 'transcode_backup_drill_passed',
    help: '1 where the last drill brought the product up from a backup, else 0.',
    labels: {},
  },
  backupDrillRtoSeconds: {
    ...OF_API,
    name: 'transcode_backup_drill_rto_seconds',
    help: 'Recovery time of the last drill that passed: from nothing to a video that plays.',
    labels: {},
  },
  backupDrillRpoSeconds: {
    ...OF_API,
    name: 'transcode_backup_drill_rpo_seconds',
    help: 'Recovery point of the last drill that passed: how old the backup was that it restored.',
    labels: {},
  },
} as const satisfies Readonly<Record<string, MetricShape>>;
