import type { Row } from '../frame/dashboard.ts';
import { timeSeries } from '../panels/time-series.ts';
import { BUDGET, LEVELS, month } from './levels.ts';

const ALL = LEVELS.map(({ slo }) => slo).join('|');

export function allTogether(): Row {
  return {
    title: 'Error budgets',
    panels: [
      timeSeries({
        title: 'Error budget left of 30 days',
        shows: `What may go wrong in 30 days and did not yet, of each promise. ${LEVELS.map(({ slo, promise }) => `\`${slo}\`: ${promise}.`).join(' ')}`,
        good: 'above 0. At 0 % the promise is just kept.',
        otherwise: 'below 0: it is broken. Put new things off and mend what burns, below.',
        unit: 'percentunit',
        max: 1,
        from: -1,
        width: 24,
        queries: [{ expr: `1 - ${month(ALL)} / on (slo) ${BUDGET}`, legend: '{{slo}}' }],
        none: 'Nothing was counted in 30 days',
      }),
    ],
  };
}
