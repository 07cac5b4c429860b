import type { Row } from '../frame/dashboard.ts';
import { above } from '../panels/limits.ts';
import { timeSeries } from '../panels/time-series.ts';
import { max } from '../promql/expressions.ts';
import { series } from '../promql/series.ts';
import { CHOSEN, NO_CARD } from './no-gpu-work.ts';

export function heatAndPower(): Row {
  return {
    title: 'Temperature and power',
    panels: [
      timeSeries({
        title: 'Temperature',
        shows: 'Temperature of each card.',
        good: 'below 85 °C; near that, cards slow themselves down.',
        otherwise: 'look at its fans, dust, and what stands around the machine.',
        unit: 'celsius',
        width: 12,
        queries: [
          { expr: max(['instance', 'gpu'], series('gpuTemperatureCelsius', CHOSEN)), legend: '{{instance}} {{gpu}}' },
        ],
        none: NO_CARD,
        limits: above({ GPUHot: 85 }),
      }),
      timeSeries({
        title: 'Power',
        shows: 'Power that each card draws, against what it may draw.',
        good: 'below the dashed limit.',
        otherwise: 'at the limit: the card slows itself down. That is its normal life under full load.',
        unit: 'watt',
        width: 12,
        queries: [
          { expr: max(['instance', 'gpu'], series('gpuPowerWatts', CHOSEN)), legend: '{{instance}} {{gpu}}' },
          { expr: max([], series('gpuPowerLimitWatts', CHOSEN)), legend: 'highest limit' },
        ],
        reference: 'highest limit',
        none: NO_CARD,
      }),
    ],
  };
}
