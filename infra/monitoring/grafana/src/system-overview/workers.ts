import { TASK_CLASSES, WORKER_STATES } from '@transcode/contracts';
import type { Row } from '../frame/dashboard.ts';
import { below } from '../panels/limits.ts';
import { table } from '../panels/table.ts';
import { timeSeries } from '../panels/time-series.ts';
import { max, min, sum } from '../promql/expressions.ts';
import { series } from '../promql/series.ts';

export function workers(): Row {
  return {
    title: 'Workers and capacity',
    panels: [
      timeSeries({
        title: 'Active workers by class',
        shows: 'Workers that take tasks of a class, from Postgres. One that serves two classes counts in both.',
        good: 'as many as you run.',
        otherwise: 'fewer: see the next graph for what became of them.',
        unit: 'short',
        width: 6,
        queries: [{ expr: 'max by (class) (class_state:transcode_workers:max{state="active"})', legend: '{{class}}' }],
        names: TASK_CLASSES,
        none: 'No worker',
        alerts: ['NoWorkerAlive', 'WorkerNotScraped'],
        page: 'workers',
      }),
      timeSeries({
        title: 'Inactive workers by state',
        shows: 'Workers by how else they are, each counted once, in the class of which there are most.',
        good: 'none but while somebody takes a machine out.',
        otherwise:
          'gone: the process or the machine died. Quarantined: its surroundings are not well. Paused or draining: somebody did it.',
        unit: 'short',
        width: 6,
        queries: [{ expr: 'max by (state) (class_state:transcode_workers:max{state!="active"})', legend: '{{state}}' }],
        names: WORKER_STATES.filter((state) => state !== 'active'),
        stacked: true,
        alerts: ['WorkerQuarantined'],
        page: 'workers',
      }),
      timeSeries({
        title: 'Slots in use',
        shows: 'Share of the slots of a class in which a task runs.',
        good: 'near 100 % while tasks wait.',
        otherwise: 'low while tasks wait: they wait for something else. A job’s page says for what.',
        unit: 'percentunit',
        width: 6,
        queries: [
          { expr: 'class:transcode_tasks_running:sum / class:transcode_worker_slots:sum', legend: '{{class}}' },
        ],
        names: TASK_CLASSES,
        max: 1,
        none: 'No worker tells',
      }),
      timeSeries({
        title: 'Running tasks by worker',
        shows: 'Tasks that each worker has claimed and not ended.',
        good: 'spread over all of them.',
        otherwise: 'one that stays at 0 while tasks wait: its page in the console says why.',
        unit: 'short',
        width: 6,
        queries: [{ expr: sum(['instance'], series('tasksRunning')), legend: '{{instance}}' }],
        stacked: true,
        none: 'No worker tells',
        page: 'workers',
      }),
      timeSeries({
        title: 'Workers in quarantine',
        shows: '1 while a worker takes nothing because its last tasks died of their surroundings.',
        good: '0.',
        otherwise: 'one: mend that machine (disk, memory). All: mend what they share, storage most often.',
        unit: 'none',
        width: 6,
        max: 1,
        queries: [{ expr: max(['instance'], series('workerQuarantined')), legend: '{{instance}}' }],
        none: 'No worker tells',
        alerts: ['WorkerQuarantined'],
        page: 'workers',
      }),
      timeSeries({
        title: 'Free scratch space',
        shows: 'Bytes that each worker may still use for what it works on.',
        good: 'above 2 GiB; a worker takes nothing with less than 1 GiB.',
        otherwise: 'free that disk, or give the worker another folder for its scratch.',
        unit: 'bytes',
        width: 6,
        queries: [{ expr: min(['instance'], series('scratchFreeBytes')), legend: '{{instance}}' }],
        none: 'No worker tells',
        limits: below({ ScratchFilling: 2 * 1024 ** 3 }),
      }),
      table({
        title: 'What runs',
        shows: 'Processes by component and version, with their Node.js and, of workers, their ffmpeg.',
        good: 'one version of each component, and one ffmpeg.',
        otherwise:
          'two versions for long: a rollout stands still. Two ffmpeg: chunks of a job wait for the build that began it.',
        unit: 'none',
        width: 12,
        queries: [
          {
            expr: max(['component', 'version', 'node', 'ffmpeg', 'instance'], series('buildInfo')),
            legend: '',
            as: 'rows',
          },
        ],
        none: 'Nothing tells Prometheus of itself',
        columns: { component: 'Component', instance: 'Process', version: 'Version', node: 'Node.js', ffmpeg: 'ffmpeg' },
      }),
    ],
  };
}
