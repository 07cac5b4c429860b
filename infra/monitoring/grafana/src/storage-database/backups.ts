import type { Row } from '../frame/dashboard.ts';
import { above } from '../panels/limits.ts';
import { stat } from '../panels/stat.ts';
import { timeSeries } from '../panels/time-series.ts';
import { min, shared } from '../promql/expressions.ts';
import { series } from '../promql/series.ts';

export function backups(): Row {
  return {
    title: 'Backups',
    panels: [
      stat({
        title: 'Backup store answers',
        shows: 'Whether every process of the API can read what lies in the store of backups.',
        good: 'up.',
        otherwise: 'no backup is made and none can be restored until it is back.',
        unit: 'none',
        width: 4,
        height: 8,
        upDown: true,
        queries: [{ expr: min([], series('backupStoreUp')), legend: 'Store', as: 'now' }],
        none: 'No store is set',
        alerts: ['BackupStoreUnreadable'],
      }),
      timeSeries({
        title: 'Age of the last good backup',
        shows: 'How long ago the newest backup that counts was made, and how long ago it was restored to prove it.',
        good: 'back to 0 each night.',
        otherwise: 'what was written since would be lost: ./transcode logs backup tells why none is made.',
        unit: 's',
        width: 10,
        queries: [
          { expr: `time() - ${shared('backupLastSuccessAt', ['kind'])}`, legend: '{{kind}}: made' },
          { expr: `time() - ${shared('backupLastSuccessProofAt', ['kind'])}`, legend: '{{kind}}: restored' },
        ],
        none: 'No backup counts yet',
        limits: above({ BackupOverdue: 26 * 3600, BackupsStopped: 50 * 3600 }),
        alerts: ['BackupFailed'],
      }),
      timeSeries({
        title: 'Recovery time and recovery point of the last drill',
        shows:
          'RTO: how long it took from nothing to a video that plays. RPO: how old the backup was. Of the last drill that passed.',
        good: 'RTO below 30 minutes, RPO below 24 hours.',
        otherwise: 'RTO grows with the database; RPO is a matter of the last good backup.',
        unit: 's',
        width: 10,
        queries: [
          { expr: shared('backupDrillRtoSeconds'), legend: 'RTO' },
          { expr: shared('backupDrillRpoSeconds'), legend: 'RPO' },
        ],
        none: 'No drill yet',
      }),
      timeSeries({
        title: 'Size of backups',
        shows: 'Size of the newest backup that counts, compressed as it is stored.',
        good: 'grows slowly, as the database does.',
        otherwise: 'a fall: somebody deleted much, or a table is gone.',
        unit: 'bytes',
        width: 6,
        queries: [{ expr: shared('backupLastSuccessBytes', ['kind']), legend: '{{kind}}' }],
        none: 'No backup counts yet',
      }),
      timeSeries({
        title: 'Duration of backups',
        shows: 'How long it took to make the newest backup that counts, and to restore it.',
        good: 'grows slowly, as the database does.',
        otherwise: 'a jump: the store, or the database while the dump was made, is slow.',
        unit: 's',
        width: 6,
        queries: [{ expr: shared('backupLastSuccessSeconds', ['kind']), legend: '{{kind}}' }],
        none: 'No backup counts yet',
      }),
      timeSeries({
        title: 'Age of the last drill',
        shows: 'How long ago the last drill was begun, whatever came of it.',
        good: 'below 8 days.',
        otherwise: 'nobody knows how long a recovery would take: ./transcode drill.',
        unit: 's',
        width: 6,
        queries: [{ expr: `time() - ${shared('backupDrillAt')}`, legend: 'drill' }],
        none: 'No drill yet',
        limits: above({ BackupDrillOverdue: 8 * 24 * 3600 }),
      }),
      stat({
        title: 'Drills that failed',
        shows: '1 where the last drill failed.',
        good: '0.',
        otherwise: './transcode drill --list says what was wrong.',
        unit: 'none',
        width: 6,
        height: 8,
        wrongAboveZero: true,
        queries: [{ expr: `1 - ${shared('backupDrillPassed')}`, legend: 'failed' }],
        none: 'No drill yet',
        alerts: ['BackupDrillFailed'],
      }),
      timeSeries({
        title: 'WAL that is not archived yet',
        shows: 'How much of what was written to the database last would be lost with it.',
        good: 'below a minute.',
        otherwise: './transcode logs archive tells what is in the way.',
        unit: 's',
        width: 24,
        queries: [{ expr: `time() - ${shared('backupArchiveNewestAt')}`, legend: 'lag' }],
        none: 'WAL is not archived',
        limits: above({ WALArchiveLagging: 5 * 60 }),
      }),
    ],
  };
}
