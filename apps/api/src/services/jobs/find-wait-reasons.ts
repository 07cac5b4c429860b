import type { TaskClass, WaitReason } from '@transcode/contracts';
import { countAhead, type Ahead, type Database, type Job, type Task } from '@transcode/db';
import { whyWaiting, type Surroundings } from '../../views/why-waiting.ts';
import { livingWorkers } from '../fleet/living-workers.ts';

type QueuedTask = Pick<Task, 'state' | 'class' | 'priority' | 'token' | 'queuedAt' | 'notBefore' | 'requires'>;

/** Why tasks of a job that could be worked on are not: by what is true at this moment, one reason a class. */
export async function findWaitReasons(
  db: Database,
  job: Pick<Job, 'state'> & { tasks: readonly QueuedTask[] },
): Promise<WaitReason[]> {
  const queued = job.tasks.filter(({ state }) => state === 'queued');
  if (queued.length === 0) return [];
  const [controls, workers] = await Promise.all([db.workControl.findMany(), livingWorkers(db)]);
  const reasons = [...Map.groupBy(queued, (task) => task.class)].map(async ([taskClass, tasks]) => {
    const surroundings: Surroundings = { controls, workers, ahead: await ahead(db, taskClass, tasks) };
    return whyWaiting(taskClass, tasks, surroundings);
  });
  return Promise.all(reasons);
}

/** Of the task that comes first. */
function ahead(db: Database, taskClass: TaskClass, tasks: readonly QueuedTask[]): Promise<Ahead> {
  const [first] = tasks.toSorted(
    (one, other) =>
      Number(other.token > 0) - Number(one.token > 0) ||
      (one.queuedAt?.getTime() ?? 0) - (other.queuedAt?.getTime() ?? 0),
  );
  return countAhead(db, {
    class: taskClass,
    priority: first?.priority ?? 'normal',
    begun: (first?.token ?? 0) > 0,
    queuedAt: first?.queuedAt ?? new Date(),
  });
}
