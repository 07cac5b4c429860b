import { Priority, TaskClass } from '@transcode/contracts';
import { countWaitingTasks, type Database } from '@transcode/db';
import type { Metrics } from '@transcode/telemetry';

/** The backlog as Postgres has it, so that it is told with no worker alive; every class and priority, 0 where nothing waits. */
export async function measureBacklog(db: Database, metrics: Metrics): Promise<void> {
  const waiting = await countWaitingTasks(db);
  for (const taskClass of TaskClass.options) {
    for (const priority of Priority.options) {
      const found = waiting.find((entry) => entry.class === taskClass && entry.priority === priority);
      metrics.set('tasksWaiting', { class: taskClass, priority }, found?.count ?? 0);
    }
  }
}
