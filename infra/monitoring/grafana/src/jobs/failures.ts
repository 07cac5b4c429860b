import type { Row } from '../frame/dashboard.ts';
import { above } from '../panels/limits.ts';
import { timeSeries } from '../panels/time-series.ts';
import { increase, rate, sum } from '../promql/expressions.ts';

const CAUSES = ['input', 'infra', 'outage', 'work'] as const;
const INCREASE = 'outcome_cause:transcode_jobs_ended:increase30m';

export function failures(): Row {
  return {
    title: 'Failures',
    panels: [
      timeSeries({
        title: 'Failures by cause',
        shows: 'Jobs that failed within an hour, by who the failure is laid to.',
        good: 'nothing but input: files and presets that cannot be used.',
        otherwise: 'infra and outage: what is around the work, see Storage and database. work: ours.',
        unit: 'short',
        decimals: 0,
        width: 8,
        queries: [
          { expr: sum(['cause'], increase('jobsEndedTotal', { outcome: 'failed' }, '1h')), legend: '{{cause}}' },
        ],
        names: CAUSES,
        stacked: true,
        none: 'No job ended',
        page: 'jobs',
      }),
      timeSeries({
        title: 'Job failure rate by cause',
        shows:
          'Of the jobs that ended in 30 minutes and were not the fault of their file: the share that failed, by cause.',
        good: 'below 1 %; that is what is promised.',
        otherwise: 'see which code it is beside this, then the log of one of these jobs.',
        unit: 'percentunit',
        max: 1,
        width: 8,
        queries: [
          {
            expr: `${INCREASE}{outcome="failed",cause!="input"} / scalar(sum(${INCREASE}{outcome=~"completed|failed",cause!="input"}))`,
            legend: '{{cause}}',
          },
        ],
        names: CAUSES.filter((cause) => cause !== 'input'),
        none: 'No job ended',
        limits: above({ JobsFailing: 0.2 }),
        alerts: ['InputFailures', 'JobSuccessBurnsFast', 'JobSuccessBurnsSlowly'],
        page: 'jobs',
      }),
      timeSeries({
        title: 'Task errors by code',
        shows:
          'The ten codes that end most tasks, those that are tried again among them. docs/errors.md says what each means.',
        good: 'source_*: the file.',
        otherwise:
          'storage_*, disk_*, scratch_full, worker_died, database_*: the surroundings. verify_failed, stage_failed: ours.',
        unit: 'eps',
        width: 8,
        queries: [
          { expr: `topk(10, ${sum(['code'], rate('errorsTotal', { component: 'task' }))})`, legend: '{{code}}' },
        ],
        none: 'No error',
      }),
    ],
  };
}
