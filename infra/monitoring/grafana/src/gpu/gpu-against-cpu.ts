import type { Row } from '../frame/dashboard.ts';
import { stat } from '../panels/stat.ts';
import { timeSeries } from '../panels/time-series.ts';
import { observed, quantile, sum } from '../promql/expressions.ts';

export function gpuAgainstCpu(): Row {
  return {
    title: 'GPU against CPU',
    panels: [
      stat({
        title: 'Chunks encoded on GPUs (no GPU work yet)',
        shows: 'Chunks a second that a GPU encoded.',
        good: '“No GPU work yet”: there is no encoder of ours for GPUs.',
        otherwise: 'a figure would mean that there is one.',
        unit: 'ops',
        width: 6,
        height: 8,
        queries: [{ expr: sum([], observed('encodeSpeedRatio', { device: 'gpu' })), legend: 'gpu', as: 'now' }],
        none: 'No GPU work yet',
      }),
      timeSeries({
        title: 'Speed by device (gpu: no GPU work yet)',
        shows: 'Seconds of a source that a chunk took in a second, the median, by what encoded it.',
        good: 'one line, cpu. A second one, gpu, will be there once Transcode encodes on GPUs.',
        otherwise: 'no line at all: nothing was encoded in this time.',
        unit: 'suffix:×',
        decimals: 2,
        width: 9,
        queries: [{ expr: quantile(0.5, 'encodeSpeedRatio', ['device']), legend: '{{device}}' }],
        names: ['cpu', 'gpu'],
        none: 'Nothing was encoded; no GPU work yet',
      }),
      timeSeries({
        title: 'GPU by CPU (no GPU work yet)',
        shows:
          'How many times as fast a chunk is on a GPU as on a processor, by its largest rendition: median by median.',
        good: '“No GPU work yet”.',
        otherwise: 'a line below 1 would say that the card is not worth it for that resolution.',
        unit: 'suffix:×',
        decimals: 1,
        width: 9,
        queries: [
          {
            expr: `${quantile(0.5, 'encodeSpeedRatio', ['resolution'], { device: 'gpu' })} / ${quantile(0.5, 'encodeSpeedRatio', ['resolution'], { device: 'cpu' })}`,
            legend: '{{resolution}}',
          },
        ],
        none: 'No GPU work yet',
      }),
    ],
  };
}
