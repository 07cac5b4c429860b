import type { Row } from '../frame/dashboard.ts';
import { timeSeries, type TimeSeries } from '../panels/time-series.ts';
import { max } from '../promql/expressions.ts';
import { series } from '../promql/series.ts';
import { CHOSEN, NO_CARD } from './no-gpu-work.ts';

const SHARE = {
  unit: 'percentunit',
  max: 1,
  width: 8,
  none: NO_CARD,
  page: 'gpus',
} as const satisfies Partial<TimeSeries>;

export function engines(): Row {
  return {
    title: 'Utilisation and memory',
    panels: [
      timeSeries({
        ...SHARE,
        title: 'Utilisation',
        shows: 'Share of time in which a card computed something. Encoding and decoding are not in it.',
        good: 'idle, until Transcode has GPU work.',
        otherwise: 'another program uses the card.',
        queries: [
          { expr: max(['instance', 'gpu'], series('gpuUtilizationRatio', CHOSEN)), legend: '{{instance}} {{gpu}}' },
        ],
      }),
      timeSeries({
        ...SHARE,
        title: 'Encoder utilisation',
        shows: 'Share of time in which the encoder of a card worked.',
        good: 'idle, until Transcode has GPU work; then it is the figure to scale by.',
        otherwise: 'another program encodes on it.',
        queries: [
          { expr: max(['instance', 'gpu'], series('gpuEncoderRatio', CHOSEN)), legend: '{{instance}} {{gpu}}' },
        ],
      }),
      timeSeries({
        ...SHARE,
        title: 'Decoder utilisation',
        shows: 'Share of time in which the decoder of a card worked.',
        good: 'idle, until Transcode has GPU work.',
        otherwise: 'another program decodes on it.',
        queries: [
          { expr: max(['instance', 'gpu'], series('gpuDecoderRatio', CHOSEN)), legend: '{{instance}} {{gpu}}' },
        ],
      }),
      timeSeries({
        ...SHARE,
        title: 'Memory utilisation',
        shows: 'Memory of a card in use, as a share of what it has.',
        good: 'below 90 %.',
        otherwise: 'full: encoders cannot open another session. See which program holds it, by nvidia-smi.',
        queries: [
          {
            expr: `${max(['instance', 'gpu'], series('gpuMemoryUsedBytes', CHOSEN))} / ${max(['instance', 'gpu'], series('gpuMemoryBytes', CHOSEN))}`,
            legend: '{{instance}} {{gpu}}',
          },
        ],
      }),
      timeSeries({
        title: 'Memory in use',
        shows: 'Memory of a card that is in use.',
        good: 'level.',
        otherwise: 'growing for hours: a program leaks.',
        unit: 'bytes',
        width: 8,
        queries: [
          { expr: max(['instance', 'gpu'], series('gpuMemoryUsedBytes', CHOSEN)), legend: '{{instance}} {{gpu}}' },
        ],
        none: NO_CARD,
      }),
      timeSeries({
        title: 'Encoder sessions',
        shows: 'Encoder sessions that are open on a card, whoever opened them.',
        good: '0, until Transcode has GPU work. Consumer cards allow a few only.',
        otherwise: 'another program has them open.',
        unit: 'short',
        decimals: 0,
        width: 8,
        queries: [
          { expr: max(['instance', 'gpu'], series('gpuEncoderSessions', CHOSEN)), legend: '{{instance}} {{gpu}}' },
        ],
        none: NO_CARD,
      }),
    ],
  };
}
