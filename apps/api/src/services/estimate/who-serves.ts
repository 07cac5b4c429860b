import { scopesOf, TaskClass } from '@transcode/contracts';
import type { Database, WorkControl, Worker } from '@transcode/db';
import { slotsOf } from '../../views/worker-view.ts';
import { livingWorkers } from '../fleet/living-workers.ts';

/** Who does the work of a class just now. */
interface Service {
  /** Tasks at the same time, by workers that take them. */
  readonly slots: number;
  /** How many workers that is. */
  readonly workers: number;
  /** What operators did that keeps all of them from it; empty where it goes on, or where there is nobody anyway. */
  readonly stopped: readonly WorkControl[];
}

export interface WhoServes {
  readonly of: (taskClass: TaskClass) => Service;
  /** Workers that live. */
  readonly alive: ReadonlySet<string>;
  /** The same as long as nothing of it changes. */
  readonly key: string;
}

/** Reads it afresh: what operators stop is told at once. */
export async function readWhoServes(db: Database): Promise<WhoServes> {
  const [controls, workers] = await Promise.all([
    db.workControl.findMany({ orderBy: { scope: 'asc' } }),
    livingWorkers(db),
  ]);
  return whoServes(controls, workers);
}

export function whoServes(controls: readonly WorkControl[], workers: readonly Worker[]): WhoServes {
  const services = new Map(TaskClass.options.map((each) => [each, serviceOf(each, controls, workers)]));
  const alive = new Set(workers.map(({ id }) => id));
  return {
    of: (taskClass) => services.get(taskClass) ?? { slots: 0, workers: 0, stopped: [] },
    alive,
    key: JSON.stringify([[...services], [...alive]]),
  };
}

function serviceOf(taskClass: TaskClass, controls: readonly WorkControl[], workers: readonly Worker[]): Service {
  const stopped = controls.filter(({ scope }) => scope === 'all' || scope === `class:${taskClass}`);
  if (stopped.length > 0) return { slots: 0, workers: 0, stopped };
  const serving = workers.filter(({ classes }) => classes.includes(taskClass));
  const controlsOf = ({ id }: Worker): WorkControl[] => {
    const scopes: readonly string[] = scopesOf(id, taskClass);
    return controls.filter(({ scope }) => scopes.includes(scope));
  };
  const going = serving.filter((worker) => controlsOf(worker).length === 0);
  const able = going.filter(({ quarantinedAt }) => quarantinedAt === null);
  return {
    slots: able.reduce((sum, worker) => sum + slotsOf(worker, taskClass), 0),
    workers: able.length,
    stopped: going.length === 0 ? serving.flatMap(controlsOf) : [],
  };
}
