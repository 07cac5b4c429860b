'use client';
import type { AttemptView, JobPage, Stage, TaskView } from '@transcode/contracts';
import { Button, Disclosure, SelectField } from '@transcode/ui';
import { useMemo, useState } from 'react';
import { STAGE_WORDS } from '../video/stage-list.tsx';
import { useNow } from '../jobs/use-now.ts';
import { TaskRows } from './task-rows.tsx';
import { inOrder, TASK_ORDERS, tookSeconds, type TaskOrder } from './task-times.ts';

/** A day's video has thousands of tasks. */
const SHOWN_AT_FIRST = 50;

/** Every task with its attempts, a stage at a time, in the order that was chosen. */
export function TaskGroups({ job }: { job: JobPage }) {
  const stages = useMemo(() => [...Map.groupBy(job.tasks, ({ stage }) => stage)], [job.tasks]);
  const attempts = useMemo(() => Map.groupBy(job.attempts, ({ taskId }) => taskId), [job.attempts]);
  const [order, setOrder] = useState<TaskOrder>('chunk');
  return (
    <>
      <SelectField
        bare
        label="Order of the tasks"
        className="w-fit"
        value={order}
        onChange={(event) => setOrder(event.target.value as TaskOrder)}
      >
        {Object.entries(TASK_ORDERS).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </SelectField>
      <div className="divide-y divide-line border-y border-line">
        {stages.map(([stage, tasks]) => (
          <Disclosure key={stage} title={`${STAGE_WORDS[stage]} · ${summary(tasks)}`}>
            <Group stage={stage} tasks={tasks} attempts={attempts} order={order} />
          </Disclosure>
        ))}
      </div>
    </>
  );
}

interface GroupProps {
  readonly stage: Stage;
  readonly tasks: readonly TaskView[];
  readonly attempts: ReadonlyMap<string, readonly AttemptView[]>;
  readonly order: TaskOrder;
}

function Group({ stage, tasks, attempts, order }: GroupProps) {
  const [all, setAll] = useState(false);
  const now = useNow();
  const sorted = inOrder(tasks, order, now);
  const longest = tasks.reduce((most, task) => Math.max(most, tookSeconds(task, now) ?? 0), 0);
  return (
    <>
      <TaskRows
        label={STAGE_WORDS[stage]}
        tasks={all ? sorted : sorted.slice(0, SHOWN_AT_FIRST)}
        attempts={attempts}
        ofStage={tasks.length}
        longest={longest}
        now={now}
      />
      {!all && sorted.length > SHOWN_AT_FIRST && (
        <Button small className="mt-2" onClick={() => setAll(true)}>
          Show the other {sorted.length - SHOWN_AT_FIRST}
        </Button>
      )}
    </>
  );
}

function summary(tasks: readonly TaskView[]): string {
  const count = (state: TaskView['state']) => tasks.filter((task) => task.state === state).length;
  const again = tasks.filter((task) => task.attempts + task.infraAttempts > 0).length;
  const parts = [
    ...(count('failed') > 0 ? [`${count('failed')} failed`] : []),
    ...(count('running') > 0 ? [`${count('running')} in work`] : []),
    ...(count('queued') > 0 ? [`${count('queued')} waiting`] : []),
    ...(count('blocked') > 0 ? [`${count('blocked')} waiting for earlier stages`] : []),
    ...(count('canceled') > 0 ? [`${count('canceled')} canceled`] : []),
    `${count('completed')} of ${tasks.length} done`,
    ...(again > 0 ? [`${again} tried more than once`] : []),
  ];
  return parts.join(', ');
}
