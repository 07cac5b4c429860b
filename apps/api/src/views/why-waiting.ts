import { workWords, type TaskClass, type WaitReason } from '@transcode/contracts';
import { AHEAD_COUNTED } from '@transcode/db';
import type { Ahead, Task, WorkControl, Worker } from '@transcode/db';
import * as z from 'zod';

type QueuedTask = Pick<Task, 'notBefore' | 'requires'>;

export interface Surroundings {
  readonly controls: readonly WorkControl[];
  /** Those that live. */
  readonly workers: readonly Pick<Worker, 'id' | 'classes' | 'capabilities' | 'quarantinedAt' | 'quarantineReason'>[];
  readonly ahead: Ahead;
}

type Told = Pick<WaitReason, 'kind' | 'sentence'> & { at?: Date | null };

const Build = z.object({ build: z.string().optional() }).catch({});
const STATES = { paused: 'paused', draining: 'being drained' } as const;

/** What holds queued tasks of one class up, the outermost first: what is stopped by hand, who could do it, then the line. */
export function whyWaiting(taskClass: TaskClass, tasks: readonly QueuedTask[], surroundings: Surroundings): WaitReason {
  const { at = null, ...told } = reasonOf(taskClass, tasks, surroundings);
  return { ...told, class: taskClass, tasks: tasks.length, at: at?.toISOString() ?? null };
}

function reasonOf(
  taskClass: TaskClass,
  tasks: readonly QueuedTask[],
  { controls, workers, ahead }: Surroundings,
): Told {
  const stopped = controls.find(({ scope }) => scope === 'all' || scope === `class:${taskClass}`);
  if (stopped !== undefined) {
    const what = stopped.scope === 'all' ? 'All work is' : `All ${workWords(taskClass)} is`;
    const isDrained = stopped.state === 'draining' && ahead.running === 0;
    const state = isDrained ? 'drained' : STATES[stopped.state];
    return { kind: 'stopped', sentence: `${what} ${state}, by ${stopped.by}.`, at: stopped.at };
  }
  const serving = workers.filter(({ classes }) => classes.includes(taskClass));
  if (serving.length === 0) {
    return { kind: 'no_worker', sentence: `No worker that does ${workWords(taskClass)} is running.` };
  }
  const going = serving.filter(({ id }) => controls.every(({ scope }) => scope !== `worker:${id}`));
  if (going.length === 0) return workersStopped(taskClass, serving, controls);
  const able = going.filter(({ quarantinedAt }) => quarantinedAt === null);
  if (able.length === 0) {
    const [first] = going;
    const whose = going.length === 1 ? 'The only worker for it is' : `All ${going.length} workers for it are`;
    const sentence = `${whose} in quarantine and will check again soon: ${first?.quarantineReason ?? 'its last tasks died'}.`;
    return { kind: 'quarantined', sentence, at: first?.quarantinedAt ?? null };
  }
  return backoff(tasks) ?? encoder(tasks, able) ?? inLine(ahead, able.length);
}

function workersStopped(
  taskClass: TaskClass,
  serving: readonly { id: string }[],
  controls: readonly WorkControl[],
): Told {
  const control = controls.find(({ scope }) => serving.some(({ id }) => scope === `worker:${id}`));
  const whose = serving.length === 1 ? 'The only worker' : `Each of the ${serving.length} workers`;
  const by = control === undefined ? '' : `, by ${control.by}`;
  const state = STATES[control?.state ?? 'paused'];
  return {
    kind: 'workers_stopped',
    sentence: `${whose} for ${workWords(taskClass)} is ${state}${by}.`,
    at: control?.at ?? null,
  };
}

function backoff(tasks: readonly QueuedTask[]): Told | undefined {
  const until = tasks.map(({ notBefore }) => notBefore?.getTime() ?? 0);
  const first = Math.min(...until);
  if (first <= Date.now()) return undefined;
  return {
    kind: 'backoff',
    sentence: 'It failed for something around it and rests before it is tried again.',
    at: new Date(first),
  };
}

/** Chunks of one video are made by one build of ffmpeg. */
function encoder(tasks: readonly QueuedTask[], able: Surroundings['workers']): Told | undefined {
  const there = new Set(able.map(({ capabilities }) => Build.parse(capabilities).build));
  const wanted = tasks.map(({ requires }) => Build.parse(requires).build);
  if (wanted.some((build) => build === undefined || there.has(build))) return undefined;
  return {
    kind: 'encoder',
    sentence:
      'It was begun with an ffmpeg that no worker has now. If none with it comes back within a minute, its renditions start again with another.',
  };
}

function inLine({ waiting, higher, running }: Ahead, able: number): Told {
  const workers = able === 1 ? 'the one worker there is' : `the ${able} workers there are`;
  if (waiting > 0) {
    const many = `${waiting >= AHEAD_COUNTED ? 'More than ' : ''}${waiting.toLocaleString('en')}`;
    const before = waiting === 1 ? 'One task is' : `${many} tasks are`;
    const some = `, ${higher.toLocaleString('en')} of a higher priority`;
    const which = higher === 0 ? '' : higher === waiting ? ', of a higher priority' : some;
    return { kind: 'behind', sentence: `${before} before it in line${which}.` };
  }
  if (running > 0)
    return {
      kind: 'busy',
      sentence: `It is next in line, as soon as ${able === 1 ? workers : `one of ${workers}`} is free.`,
    };
  return { kind: 'next', sentence: `It is next in line: ${workers} can take it at any moment.` };
}
