import type { Row } from '../frame/dashboard.ts';
import { above } from '../panels/limits.ts';
import { timeSeries } from '../panels/time-series.ts';
import { max, observed, quantile, rate, shared, sum } from '../promql/expressions.ts';
import { series } from '../promql/series.ts';

export function upkeep(): Row {
  return {
    title: 'Upkeep',
    panels: [
      timeSeries({
        title: 'Outbox: age of the oldest message',
        shows: 'How long the oldest message has waited that workers or pages have to be told.',
        good: 'a few seconds at most.',
        otherwise: 'Redis is away, or no replica is elected.',
        unit: 's',
        width: 6,
        queries: [{ expr: shared('outboxOldestSeconds'), legend: 'oldest' }],
        limits: above({ OutboxBacklog: 300 }),
      }),
      timeSeries({
        title: 'Outbox: messages',
        shows: 'Messages that have to be told and were not.',
        good: 'near 0.',
        otherwise: 'growing: see the age beside it.',
        unit: 'short',
        width: 6,
        queries: [{ expr: shared('outboxPending'), legend: 'messages' }],
        alerts: ['OutboxBacklog'],
      }),
      timeSeries({
        title: 'Elected reconciler',
        shows: '1 in the replica of the API that is elected to reconcile.',
        good: 'exactly one at 1.',
        otherwise:
          'none: leases of dead workers are not taken back. Its log says why it does not get the lock in Postgres.',
        unit: 'none',
        width: 6,
        max: 1,
        queries: [{ expr: max(['instance'], series('reconcilerElected')), legend: '{{instance}}' }],
        none: 'No API tells',
        alerts: ['ReconcilerWithoutLeader'],
      }),
      timeSeries({
        title: 'Reconciler: failed rounds by step',
        shows: 'Share of a step’s rounds that failed.',
        good: '0. The next round tries again, so a single one does not matter.',
        otherwise: 'the line of that step in the API’s log has the reason.',
        unit: 'percentunit',
        width: 6,
        max: 1,
        queries: [
          {
            expr: `${sum(['step'], rate('reconcilerStepErrorsTotal'))} / ${sum(['step'], observed('reconcilerStepSeconds'))} > 0`,
            legend: '{{step}}',
          },
        ],
        none: 'No step failed',
        limits: above({ ReconcilerStepFailing: 0.5 }),
      }),
      timeSeries({
        title: 'Reconciler: time by step (95 %)',
        shows: 'The time within which 95 % of a step’s rounds ended, of the five slowest steps.',
        good: 'well below a second.',
        otherwise: 'seconds: Postgres is slow, or there is very much to sweep.',
        unit: 's',
        width: 24,
        queries: [{ expr: `topk(5, ${quantile(0.95, 'reconcilerStepSeconds', ['step'])})`, legend: '{{step}}' }],
        none: 'No step ran',
      }),
    ],
  };
}
