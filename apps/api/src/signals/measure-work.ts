import { PRIORITIES, TASK_CLASSES, WORKER_LISTED_MS, WORKER_STATES, type TaskClass } from '@transcode/contracts';
import { measureClasses, type Database, type WorkControl, type Worker } from '@transcode/db';
import { measure } from '@transcode/telemetry';
import { whoServes } from '../services/estimate/who-serves.ts';
import { livingWorkers } from '../services/fleet/living-workers.ts';
import { buildOf, shownState } from '../views/worker-view.ts';

/** What waits and runs and who does it, as Postgres has it: told with no worker alive, and 0 where there is nothing. */
export async function measureWork(db: Database): Promise<void> {
  const [workers, controls] = await Promise.all([livingWorkers(db), db.workControl.findMany()]);
  const open = await measureClasses(db, { builds: buildsOf(workers) });
  for (const taskClass of TASK_CLASSES) {
    const ofClass = open.filter((each) => each.class === taskClass);
    // What waits counts only where it is not stopped: more workers would not do it either.
    const isStopped = whoServes([...controls], workers).of(taskClass).stopped.length > 0;
    for (const priority of PRIORITIES) {
      const found = ofClass.find((each) => each.priority === priority);
      measure.set('tasksWaiting', { class: taskClass, priority }, found?.waiting ?? 0);
      const takeable = isStopped ? 0 : (found?.takeable ?? 0);
      measure.set('classDemandTasks', { class: taskClass, priority }, takeable + (found?.running ?? 0));
    }
    const ages = isStopped ? [] : ofClass.map(({ oldestSeconds }) => oldestSeconds ?? 0);
    measure.set('tasksOldestSeconds', { class: taskClass }, Math.max(0, ...ages));
  }
  await measureWorkers(db, controls);
}

/** Those that left lately, too. */
async function measureWorkers(db: Database, controls: readonly WorkControl[]): Promise<void> {
  const [workers, running] = await Promise.all([
    db.worker.findMany({ where: { seenAt: { gte: new Date(Date.now() - WORKER_LISTED_MS) } } }),
    db.task.findMany({ where: { state: 'running' }, select: { workerId: true }, distinct: ['workerId'] }),
  ]);
  const busy = new Set(running.map(({ workerId }) => workerId));
  for (const taskClass of TASK_CLASSES) {
    const states = workers
      .filter(({ classes }) => classes.includes(taskClass))
      .map((worker) => shownState(worker, controls, busy.has(worker.id)));
    for (const state of WORKER_STATES)
      measure.set('workers', { class: taskClass, state }, states.filter((each) => each === state).length);
  }
}

function buildsOf(workers: readonly Worker[]): Map<TaskClass, string[]> {
  return new Map(
    TASK_CLASSES.flatMap((taskClass) => {
      const serving = workers.filter(({ classes }) => classes.includes(taskClass));
      return serving.length === 0 ? [] : [[taskClass, serving.map(buildOf)]];
    }),
  );
}
