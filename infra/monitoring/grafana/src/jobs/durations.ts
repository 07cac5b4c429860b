import { RESOLUTIONS } from '@transcode/contracts';
import type { Row } from '../frame/dashboard.ts';
import { heatMap } from '../panels/heat-map.ts';
import { timeSeries, type TimeSeries } from '../panels/time-series.ts';
import { heat, quantile } from '../promql/expressions.ts';

const BY_SOURCE = {
  unit: 's',
  width: 12,
  names: RESOLUTIONS,
  none: 'None became ready',
} as const satisfies Partial<TimeSeries>;

export function durations(): Row {
  return {
    title: 'Duration, by resolution of the source',
    panels: [
      timeSeries({
        ...BY_SOURCE,
        title: 'Time to ready (median)',
        shows: 'Half of the videos that became ready took less, from the creation of their job.',
        good: 'the larger the picture, the longer; level over the day.',
        otherwise:
          'all rise together: they wait, see Waiting. One rises alone: its files are longer or slower to decode.',
        queries: [{ expr: quantile(0.5, 'jobSeconds', ['resolution']), legend: '{{resolution}}' }],
      }),
      timeSeries({
        ...BY_SOURCE,
        title: 'Time to ready by resolution (95 %)',
        shows: '95 % of the videos that became ready took less. A point leads to a trace of one that did not.',
        good: 'below an hour (3600 s); that is what is promised.',
        otherwise: 'see which stage takes the time, below.',
        queries: [{ expr: quantile(0.95, 'jobSeconds', ['resolution']), legend: '{{resolution}}', exemplars: true }],
        alerts: ['TimeToReadyBurnsFast', 'TimeToReadyBurnsSlowly'],
      }),
      heatMap({
        title: 'Time to ready: $resolution',
        shows: 'How many videos of this class became ready, by how long they took. The brighter, the more.',
        good: 'one band that stays where it is.',
        otherwise: 'a second band above it: some wait, or were tried again. A rising band: the queue grows.',
        unit: 's',
        width: 24,
        queries: [{ expr: heat('jobSeconds', { resolution: { like: '$resolution' } }), legend: '{{le}}', as: 'heat' }],
        none: 'None became ready',
        repeat: 'resolution',
      }),
    ],
  };
}
