import { RESOLUTIONS } from '@transcode/contracts';
import type { Row } from '../frame/dashboard.ts';
import { heatMap } from '../panels/heat-map.ts';
import { timeSeries } from '../panels/time-series.ts';
import { heat, increase, mean, quantile, sum } from '../promql/expressions.ts';

export function quality(): Row {
  return {
    title: 'Quality',
    panels: [
      timeSeries({
        title: 'VMAF (median)',
        shows:
          'Mean VMAF of a rendition against its source, 0 to 100: half of the renditions of a resolution are above it.',
        good: 'above 90 for 1080p; small renditions lie lower.',
        otherwise: 'a fall without other sources: something in the encoding changed. Look at a video of that time.',
        unit: 'none',
        decimals: 1,
        from: 20,
        max: 100,
        width: 8,
        queries: [{ expr: quantile(0.5, 'vmafScore', ['resolution']), legend: '{{resolution}}' }],
        names: RESOLUTIONS,
        none: 'Nothing was measured',
        page: 'videos',
      }),
      timeSeries({
        title: 'VMAF (lowest 5 %)',
        shows: '5 % of the renditions of a resolution are below it.',
        good: 'above 80 for 1080p.',
        otherwise: 'grain, dark scenes or a low cap: the VMAF line over the strip of a video shows where.',
        unit: 'none',
        decimals: 1,
        from: 20,
        max: 100,
        width: 8,
        queries: [{ expr: quantile(0.05, 'vmafScore', ['resolution']), legend: '{{resolution}}' }],
        names: RESOLUTIONS,
        none: 'Nothing was measured',
        page: 'videos',
      }),
      heatMap({
        title: 'VMAF scores',
        shows: 'How many renditions had which score. The brighter, the more.',
        good: 'a narrow band near the top.',
        otherwise: 'a band that sinks or widens: see which resolution beside it.',
        unit: 'none',
        width: 8,
        queries: [{ expr: heat('vmafScore'), legend: '{{le}}', as: 'heat' }],
        none: 'Nothing was measured',
      }),
      timeSeries({
        title: 'Bits saved against the cap',
        shows: 'What published renditions are smaller than their rung allows, on average.',
        good: 'above 0: easy pictures need fewer bits.',
        otherwise: 'near 0 with a low VMAF: the cap is too low for these pictures.',
        unit: 'percentunit',
        max: 1,
        width: 12,
        queries: [{ expr: `clamp_min(1 - ${mean('renditionCapRatio', ['resolution'])}, 0)`, legend: '{{resolution}}' }],
        names: RESOLUTIONS,
        none: 'Nothing was published',
      }),
      timeSeries({
        title: 'Failed verification checks',
        shows:
          'Checks of finished work that found something wrong in the last hour, by what was looked at, against all checks.',
        good: '0. What is wrong is not published.',
        otherwise: 'keep the source and tell us: what we encoded was not right.',
        unit: 'short',
        decimals: 0,
        width: 12,
        queries: [
          {
            expr: sum(['check'], increase('verifyChecksTotal', { result: 'failed' }, '1h')),
            legend: '{{check}} failed',
          },
          { expr: sum([], increase('verifyChecksTotal', {}, '1h')), legend: 'all checks' },
        ],
        reference: 'all checks',
        none: 'Nothing was checked',
        alerts: ['VerifyFailures'],
      }),
    ],
  };
}
