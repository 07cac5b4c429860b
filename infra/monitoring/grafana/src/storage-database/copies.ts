import type { Row } from '../frame/dashboard.ts';
import { above } from '../panels/limits.ts';
import { stat } from '../panels/stat.ts';
import { timeSeries } from '../panels/time-series.ts';
import { min, rate, shared, sum } from '../promql/expressions.ts';
import { series } from '../promql/series.ts';

const NONE = 'No second store is set';

export function copies(): Row {
  return {
    title: 'Copy of the objects',
    panels: [
      stat({
        title: 'Second store takes objects',
        shows: 'Whether anything can be copied to the second store just now, and whether uploads wait for it.',
        good: 'up.',
        otherwise: 'nothing is copied until it is back, and in synchronous mode no upload is finished.',
        unit: 'none',
        width: 4,
        height: 8,
        upDown: true,
        queries: [{ expr: min(['mode'], series('copyStoreUp')), legend: '{{mode}}', as: 'now' }],
        none: NONE,
        alerts: ['UploadsWaitForCopy'],
      }),
      timeSeries({
        title: 'Lag of the copy',
        shows: 'Age of the oldest object that is not in the second store yet: what would be lost with the storage.',
        good: 'some seconds.',
        otherwise: 'the store is away, the line is slow, or one object cannot be copied.',
        unit: 's',
        width: 10,
        queries: [{ expr: shared('copyLagSeconds'), legend: 'lag' }],
        none: NONE,
        limits: above({ ObjectCopyLagging: 15 * 60, ObjectCopyStopped: 6 * 3600 }),
      }),
      timeSeries({
        title: 'Bytes that wait to be copied',
        shows: 'Bytes that are to be in the second store and are not, as far as their size is known before.',
        good: 'back to 0 after each upload and each encode.',
        otherwise: 'the line between the stores is slower than what comes.',
        unit: 'bytes',
        width: 10,
        queries: [{ expr: shared('copyWaitingBytes'), legend: 'waiting' }],
        none: NONE,
      }),
      timeSeries({
        title: 'Objects that wait to be copied',
        shows:
          'Objects that are to be in the second store and are not; and of those, the ones that failed for their own sake.',
        good: 'back to 0; none fails.',
        otherwise: 'one that fails is not in the storage, or not what was written there.',
        unit: 'none',
        width: 8,
        queries: [
          { expr: shared('copyWaitingObjects'), legend: 'waiting' },
          { expr: shared('copyFailedObjects'), legend: 'failed' },
        ],
        none: NONE,
        alerts: ['ObjectCopyFailing'],
      }),
      timeSeries({
        title: 'Objects of the second store by what became of them',
        shows:
          'Objects a second that were copied, could not be, were removed with their video, or were gone though they should be there.',
        good: 'copied, and now and then removed.',
        otherwise: 'gone: somebody or some rule deletes in the second store.',
        unit: 'ops',
        width: 8,
        queries: [{ expr: sum(['result'], rate('copyObjectsTotal')), legend: '{{result}}' }],
        none: NONE,
      }),
      timeSeries({
        title: 'Rate of copying',
        shows: 'Bytes a second that go to the second store.',
        good: 'as much as comes, over a day.',
        otherwise: 'level while much waits: this is what the line takes.',
        unit: 'Bps',
        width: 4,
        queries: [{ expr: sum([], rate('copyBytesTotal')), legend: 'copied' }],
        none: NONE,
      }),
      timeSeries({
        title: 'Last comparison',
        shows: 'How long ago all that should be in the second store was looked for there.',
        good: 'below a day or two.',
        otherwise: 'one of the stores is away each time: the log of the API tells.',
        unit: 's',
        width: 4,
        queries: [{ expr: `time() - ${shared('copyComparedAt')}`, legend: 'compared' }],
        none: NONE,
      }),
    ],
  };
}
