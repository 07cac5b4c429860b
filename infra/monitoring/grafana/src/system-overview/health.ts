import { OUR_ALERTS } from '../alerts.ts';
import type { Row } from '../frame/dashboard.ts';
import { gauge } from '../panels/gauge.ts';
import { below } from '../panels/limits.ts';
import { stat, type Stat } from '../panels/stat.ts';
import { stateTimeline } from '../panels/state-timeline.ts';
import { table } from '../panels/table.ts';
import { max, min, shared } from '../promql/expressions.ts';
import { everywhere, series } from '../promql/series.ts';

/** 1 while a process of the API answers Prometheus. */
const API_UP = `(${max([], everywhere('buildInfo', { component: 'api' }))} or vector(0))`;
/** 1 while a worker is there that takes tasks. */
const WORKERS_UP = `${shared('workers', [], { state: 'active' })} > bool 0`;

/** As the alert has it: of what ended, what did not fail through no fault of the file. */
const JOB_SUCCESS = [
  '1 - (sum(outcome_cause:transcode_jobs_ended:increase30m{outcome="failed",cause!="input"}) or vector(0))',
  '/ (sum(outcome_cause:transcode_jobs_ended:increase30m{outcome=~"completed|failed",cause!="input"}) > 0)',
].join(' ');

const PART = { unit: 'none', width: 3, upDown: true } as const satisfies Partial<Stat>;

export function health(): Row {
  return {
    title: 'Is anything wrong?',
    panels: [
      stat({
        ...PART,
        title: 'API',
        shows: 'Whether at least one process of the API answers Prometheus.',
        good: 'up.',
        otherwise: 'nobody can upload, play or sign in; workers finish what they have. Look whether its processes run.',
        queries: [{ expr: API_UP, legend: 'API', as: 'now' }],
        alerts: ['APIDown', 'TargetMissing'],
      }),
      stat({
        ...PART,
        title: 'Workers',
        shows: 'Whether at least one worker is there that takes tasks, as Postgres has it.',
        good: 'up.',
        otherwise:
          'what is uploaded waits. The console’s Workers says whether they are gone, in quarantine, or paused by somebody.',
        queries: [{ expr: WORKERS_UP, legend: 'Workers', as: 'now' }],
        none: 'No API tells',
        alerts: ['NoWorkerAlive'],
        page: 'workers',
      }),
      stat({
        ...PART,
        title: 'Postgres',
        shows: 'Whether Postgres answers every process of the API.',
        good: 'up.',
        otherwise: 'nothing can be asked or uploaded and no task is taken. Nothing is lost.',
        queries: [{ expr: min([], series('databaseUp')), legend: 'Postgres', as: 'now' }],
        none: 'No API tells',
        alerts: ['DatabaseDown'],
      }),
      stat({
        ...PART,
        title: 'Redis',
        shows: 'Whether Redis answers every process of the API.',
        good: 'up.',
        otherwise: 'tasks reach no worker and pages are not live. What Redis held is delivered again once it is back.',
        queries: [{ expr: min([], series('redisUp')), legend: 'Redis', as: 'now' }],
        none: 'No API tells',
        alerts: ['RedisDown'],
      }),
      stat({
        ...PART,
        title: 'Storage',
        shows: 'Whether storage answers every process of the API.',
        good: 'up.',
        otherwise: 'uploads are refused, nothing plays and tasks wait. Look at the disk or the bucket.',
        queries: [{ expr: min([], series('storageUp')), legend: 'Storage', as: 'now' }],
        none: 'No API tells',
        alerts: ['StorageDown'],
      }),
      gauge({
        title: 'Job success rate',
        shows:
          'Share of the jobs that ended in the last 30 minutes and ended well. Files and presets that cannot be used are not counted.',
        good: 'above 99 %.',
        otherwise: 'see Failures on the Jobs dashboard: cause infra or outage is around us, work is ours.',
        unit: 'percentunit',
        width: 5,
        queries: [{ expr: JOB_SUCCESS, legend: 'Succeed', as: 'now' }],
        none: 'No job ended',
        limits: below({ JobsFailing: 0.8 }),
        page: 'jobs',
      }),
      stat({
        title: 'Alerts firing',
        shows: 'How many alerts of Transcode fire now.',
        good: '0.',
        otherwise: 'they are listed below, each with its runbook.',
        unit: 'none',
        width: 4,
        queries: [{ expr: `count(${OUR_ALERTS}) or vector(0)`, legend: 'Alerts' }],
        wrongAboveZero: true,
      }),
      stateTimeline({
        title: 'Health of each part over time',
        shows: 'Since when each part has been up or down.',
        good: 'five unbroken lines.',
        otherwise: 'the part that went down first is most often the cause of the others.',
        unit: 'none',
        width: 12,
        queries: [
          { expr: API_UP, legend: 'API' },
          { expr: WORKERS_UP, legend: 'Workers' },
          { expr: min([], series('databaseUp')), legend: 'Postgres' },
          { expr: min([], series('redisUp')), legend: 'Redis' },
          { expr: min([], series('storageUp')), legend: 'Storage' },
        ],
      }),
      table({
        title: 'Firing alerts',
        shows: 'Alerts of Transcode that fire now.',
        good: 'an empty table.',
        otherwise: 'take the critical one first; its name leads to its runbook.',
        unit: 'none',
        width: 12,
        queries: [{ expr: `max by (alertname, severity, component) (${OUR_ALERTS})`, legend: '', as: 'rows' }],
        none: 'Nothing fires',
        columns: { alertname: 'Alert', severity: 'Severity', component: 'Component' },
        link: { column: 'Alert', title: 'Runbook', url: '${runbooks:raw}/${__value.raw}.md' },
      }),
    ],
  };
}
