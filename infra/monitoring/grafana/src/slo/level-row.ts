import type { Row } from '../frame/dashboard.ts';
import { above } from '../panels/limits.ts';
import { stat } from '../panels/stat.ts';
import { timeSeries } from '../panels/time-series.ts';
import { BUDGET, month, type Level } from './levels.ts';

/** The windows whose pace the alerts look at, the long one of each pair. */
const WINDOWS = ['1h', '6h', '1d', '3d'] as const;

export function levelRow(level: Level): Row {
  const { slo, title, promise, events, otherwise, page, fast, slowly } = level;
  return {
    title: `${title}: ${promise}`,
    panels: [
      stat({
        title: `${title}: 30 days`,
        shows: `Share of 30 days that was as promised: ${promise}.`,
        good: 'at least what is promised.',
        otherwise,
        unit: 'percentunit',
        decimals: 3,
        width: 4,
        height: 8,
        queries: [
          { expr: `1 - ${month(slo)}`, legend: 'was', as: 'now' },
          { expr: `slo:objective:ratio{slo="${slo}"}`, legend: 'promised', as: 'now' },
        ],
        none: 'Nothing was counted',
        page,
      }),
      stat({
        title: `${title}: events`,
        shows: `${events} that were counted within 24 hours. With fewer than ten in a window no alert says anything: one of two is no rate.`,
        good: 'at least ten.',
        otherwise: 'hardly used: look at single ones in the console instead.',
        unit: 'short',
        decimals: 0,
        width: 4,
        height: 8,
        queries: [
          { expr: `slo:sli_events:increase1d{slo="${slo}"}`, legend: 'in a day', as: 'now' },
          { expr: `slo:sli_events:increase1h{slo="${slo}"}`, legend: 'in the last hour', as: 'now' },
        ],
        none: 'Nothing was counted',
        page,
      }),
      timeSeries({
        title: `${title}: burn rate`,
        shows:
          'At 1 the budget of 30 days is used up in just 30 days; at 14.4 in two. Each line looks back over its own window.',
        good: 'below 1.',
        otherwise: `1h and 6h high: it happens now. Only 1d and 3d high: it was, or it drips. ${otherwise.charAt(0).toUpperCase()}${otherwise.slice(1)}`,
        unit: 'suffix:×',
        decimals: 1,
        width: 16,
        queries: WINDOWS.map((window) => ({
          expr: `slo:sli_error:ratio_rate${window}{slo="${slo}"} / on (slo) ${BUDGET}`,
          legend: window,
        })),
        none: 'Nothing was counted',
        limits: above({ [fast]: 14.4, [slowly]: 1 }),
        page,
      }),
    ],
  };
}
