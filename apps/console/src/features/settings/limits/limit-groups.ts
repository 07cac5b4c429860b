import type { LimitsView } from '@transcode/contracts';
import { formatBytes, formatExact, formatSpan } from '@transcode/ui';

interface LimitRow {
  readonly name: string;
  readonly value: string;
  readonly exact?: string;
  /** The variable of the environment that sets it. */
  readonly variable?: string;
}

interface LimitGroup {
  readonly title: string;
  readonly about: string;
  readonly rows: readonly LimitRow[];
}

/** The limits as one reads them. Those with a variable are set in the environment of the API; the others are the product's own. */
export function limitGroups(limits: LimitsView): readonly LimitGroup[] {
  const { source } = limits;
  const side = Math.round(Math.sqrt(source.pixels));
  return [
    {
      title: 'Uploads and sources',
      about: 'What is larger is refused with a sentence that names the limit.',
      rows: [
        bytes('Largest file', limits.uploadMaxBytes, 'UPLOAD_MAX_BYTES'),
        { name: 'An unfinished upload is kept for', value: formatSpan(limits.uploadExpiresSeconds) },
        { name: 'Longest video', value: formatSpan(source.durationSeconds) },
        { name: 'Largest picture', value: `${side} × ${side}`, exact: formatExact(source.pixels, 'pixels') },
        { name: 'Streams in one file', value: `${source.streams}, of them ${source.audioStreams} with sound` },
      ],
    },
    {
      title: 'Retention',
      about: 'Videos are kept until somebody deletes them, and the audit log for good.',
      rows: [
        {
          name: 'What is over is forgotten after',
          value: formatSpan(limits.historyKeptSeconds),
          variable: 'HISTORY_KEPT_SECONDS',
        },
        ...(limits.diskReserveBytes === null
          ? []
          : [bytes('Stays free on the disk', limits.diskReserveBytes, 'DISK_RESERVE_MIB')]),
        { name: 'Objects are stored in', value: limits.storage === 's3' ? 'S3' : 'files', variable: 'STORAGE_URL' },
      ],
    },
    {
      title: 'Sign-in and playback',
      about: 'How long doors stay open.',
      rows: [
        { name: 'A session ends after', value: formatSpan(limits.sessionSeconds) },
        { name: 'Shortest password', value: `${limits.passwordMinLength} characters` },
        { name: 'Wrong passwords before one has to wait', value: String(limits.signInFreeTries) },
        { name: 'A playback address holds for', value: `up to ${formatSpan(limits.grantSeconds)}` },
      ],
    },
    {
      title: 'Work',
      about: 'How patient the platform is with its workers.',
      rows: [
        { name: 'A silent worker loses its task after', value: formatSpan(limits.leaseSeconds) },
        { name: 'A stopping worker hands back within', value: formatSpan(limits.drainSeconds) },
        { name: 'A task that fails by itself is tried', value: `${limits.workAttempts} times` },
        { name: 'A task whose workers die is tried', value: `${limits.infraAttempts} times` },
        bytes('Scratch space of one task', limits.scratchTaskBytes),
      ],
    },
  ];
}

function bytes(name: string, value: number, variable?: string): LimitRow {
  return { name, value: formatBytes(value), exact: formatExact(value, 'bytes'), ...(variable && { variable }) };
}
