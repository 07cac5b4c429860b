import type { Row } from '../frame/dashboard.ts';
import { timeSeries } from '../panels/time-series.ts';
import { quantile } from '../promql/expressions.ts';

export function stages(): Row {
  return {
    title: 'Stages',
    panels: [
      timeSeries({
        title: 'Task duration by stage (95 %)',
        shows: 'The time within which 95 % of a stage’s tasks ended after they were claimed.',
        good: 'probe, plan, package and publish in seconds; encode as long as a chunk takes.',
        otherwise: 'short stages slow: storage or Postgres is, see Storage and database. Encode slow: see Speed.',
        unit: 's',
        width: 12,
        queries: [{ expr: quantile(0.95, 'taskSeconds', ['stage']), legend: '{{stage}}', exemplars: true }],
        none: 'No task ended',
      }),
      timeSeries({
        title: 'Tasks by outcome',
        shows:
          'Tasks a second by outcome. What is retried or handed back is done again by any worker, what is lost by another one.',
        good: 'hardly anything but completed.',
        otherwise:
          'lost: workers die, or stand still. Retried: see Errors by code on the System overview. Handed back: a rollout or a drain.',
        unit: 'ops',
        width: 12,
        queries: [
          {
            expr: 'sum by (outcome) (label_replace(stage_outcome:transcode_tasks_ended:rate5m, "outcome", "handed back", "outcome", "handed_back"))',
            legend: '{{outcome}}',
          },
        ],
        names: ['completed', 'failed', 'retried', 'lost', 'canceled', 'handed back'],
        stacked: true,
        none: 'No task ended',
        alerts: ['TranscodingStalled'],
        page: 'workers',
      }),
    ],
  };
}
