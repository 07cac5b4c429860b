import type { AttemptView, TaskState, TaskView } from '@transcode/contracts';
import { Progress, Time } from '@transcode/ui';
import { outcomeWords, taskName } from './attempt-words.ts';
import { spanWords, tookSeconds, waitedSeconds } from './task-times.ts';
import { ScrollArea } from '../shell/scroll-area.tsx';

const STATE_WORDS: Record<TaskState, string> = {
  blocked: 'Waits for earlier stages',
  queued: 'Waiting',
  running: 'In work',
  completed: 'Done',
  failed: 'Failed',
  canceled: 'Canceled',
};

interface TaskRowsProps {
  readonly label: string;
  readonly tasks: readonly TaskView[];
  readonly attempts: ReadonlyMap<string, readonly AttemptView[]>;
  readonly ofStage: number;
  /** The longest of the stage, in seconds: bars are as long as a task took beside it. */
  readonly longest: number;
  readonly now: number;
}

/** Tasks of one stage; under one that was tried more than once, each attempt and how it ended. */
export function TaskRows({ label, tasks, attempts, ofStage, longest, now }: TaskRowsProps) {
  return (
    <ScrollArea label={label}>
      <table className="w-full min-w-[760px] text-small">
        <thead className="text-left text-ink-3">
          <tr className="h-8">
            <th className="font-normal">Task</th>
            <th className="font-normal">State</th>
            <th className="font-normal">Worker</th>
            <th className="pr-6 text-right font-normal">Started</th>
            <th className="pr-6 text-right font-normal">Waited</th>
            <th className="pr-6 text-right font-normal">Took</th>
            <th className="w-2/5 font-normal">What happened</th>
          </tr>
        </thead>
        <tbody>
          {tasks.map((task) => {
            const own = attempts.get(task.id) ?? [];
            return [
              <tr key={task.id} className="h-8 border-t border-line" data-task-state={task.state}>
                <td className="pr-4 whitespace-nowrap">{taskName(task, ofStage)}</td>
                <td className={`pr-4 ${task.state === 'failed' ? 'text-red' : ''}`}>
                  {STATE_WORDS[task.state]}
                  {task.progress && <Progress fraction={task.progress.fraction} label="Done of this task" />}
                </td>
                <td className="max-w-48 truncate pr-4 text-ink-2" title={task.worker ?? undefined}>
                  {task.worker ?? '–'}
                </td>
                <td className="pr-6 text-right whitespace-nowrap text-ink-2">
                  {task.startedAt ? <Time at={task.startedAt} /> : '–'}
                </td>
                <td className="pr-6 text-right whitespace-nowrap text-ink-2">{spanWords(waitedSeconds(task, now))}</td>
                <td className="pr-6 text-right whitespace-nowrap text-ink-2">
                  <Took seconds={tookSeconds(task, now)} longest={longest} isRunning={task.state === 'running'} />
                </td>
                <td className={task.state === 'failed' ? 'text-red' : 'text-ink-2'}>
                  {task.failure === null ? '–' : (task.failure.detail ?? task.failure.sentence)}
                </td>
              </tr>,
              ...(own.length > 1
                ? own.map((attempt, at) => (
                    <tr key={`${task.id} ${attempt.token}`} className="h-8 text-ink-3">
                      <td colSpan={2} className="pl-4 whitespace-nowrap">
                        Attempt {at + 1}
                      </td>
                      <td className="max-w-48 truncate pr-4" title={attempt.worker}>
                        {attempt.worker}
                      </td>
                      <td className="pr-6 text-right whitespace-nowrap">
                        <Time at={attempt.startedAt} />
                      </td>
                      <td className="pr-6 text-right whitespace-nowrap">{spanWords(waitedSeconds(attempt, now))}</td>
                      <td className="pr-6 text-right whitespace-nowrap">{spanWords(tookSeconds(attempt, now))}</td>
                      <td>{capital(outcomeWords(attempt))}</td>
                    </tr>
                  ))
                : []),
            ];
          })}
        </tbody>
      </table>
    </ScrollArea>
  );
}

/** A bar beside the figure, so that the long ones are seen at a glance. */
function Took({ seconds, longest, isRunning }: { seconds: number | undefined; longest: number; isRunning: boolean }) {
  const share = seconds === undefined || longest === 0 ? 0 : Math.min(1, seconds / longest);
  return (
    <span className="inline-flex items-center justify-end gap-2">
      <span aria-hidden="true" className="flex h-2 w-16 justify-end">
        <span
          className={isRunning ? 'border border-accent' : 'bg-done'}
          style={{ width: `${share * 100}%`, minWidth: seconds === undefined ? 0 : 2 }}
        />
      </span>
      <span className="min-w-14">
        {spanWords(seconds)}
        {isRunning && seconds !== undefined && ' so far'}
      </span>
    </span>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
