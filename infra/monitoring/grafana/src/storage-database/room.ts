import type { Row } from '../frame/dashboard.ts';
import { below } from '../panels/limits.ts';
import { timeSeries } from '../panels/time-series.ts';
import { shared } from '../promql/expressions.ts';

export function room(): Row {
  return {
    title: 'Disk space',
    panels: [
      timeSeries({
        title: 'Free disk space (share)',
        shows:
          'What uploads may still use of the disk of storage, what is kept in reserve left out. A bucket does not tell.',
        good: 'above 40 %, or level.',
        otherwise:
          'delete videos, or give it a larger disk. Below 3 % somebody is woken; at 0 every upload is refused.',
        unit: 'percentunit',
        max: 1,
        width: 8,
        queries: [{ expr: 'installation:transcode_storage_free:ratio', legend: 'free' }],
        none: 'A bucket does not tell',
        limits: below({ DiskFilling: 0.4, DiskNearlyFull: 0.03 }),
      }),
      timeSeries({
        title: 'Free disk space and forecast',
        shows: 'Bytes that uploads may still use, and what that will be in 24 hours at the pace of the last 6.',
        good: 'the dashed line far above 0.',
        otherwise: 'at 0: within a day the disk is full.',
        unit: 'bytes',
        width: 8,
        queries: [
          { expr: 'installation:transcode_storage_free_bytes:min', legend: 'now' },
          { expr: 'predict_linear(installation:transcode_storage_free_bytes:min[6h], 24 * 3600)', legend: 'in a day' },
          { expr: shared('storageSizeBytes'), legend: 'the whole disk' },
        ],
        reference: 'in a day',
        none: 'A bucket does not tell',
        alerts: ['DiskFilling'],
      }),
      timeSeries({
        title: 'Stored bytes by content',
        shows: 'Bytes that are stored by what they are, from Postgres.',
        good: 'grows with the videos.',
        otherwise: 'uploads grow and sources do not: uploads are begun and not ended, see Uploads and delivery.',
        unit: 'bytes',
        width: 8,
        queries: [{ expr: shared('storedBytes', ['content']), legend: '{{content}}' }],
        stacked: true,
        page: 'overview',
      }),
    ],
  };
}
