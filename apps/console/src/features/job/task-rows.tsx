import type { AttemptView, TaskState, TaskView } from '@transcode/contracts';
import { formatSpan, Progress, Time } from '@transcode/ui';
import { outcomeWords, taskName } from './attempt-words.ts';
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
}

/** Tasks of one stage; under one that was tried more than once, each attempt and how it ended. */
export function TaskRows({ label, tasks, attempts, ofStage }: TaskRowsProps) {
  return (
    <ScrollArea label={label}>
      <table className="w-full min-w-[640px] text-small">
        <thead className="text-left text-ink-3">
          <tr className="h-8">
            <th className="font-normal">Task</th>
            <th className="font-normal">State</th>
            <th className="font-normal">Worker</th>
            <th className="pr-6 text-right font-normal">Started</th>
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
                <td className="pr-6 text-right whitespace-nowrap text-ink-2">{took(task)}</td>
                <td className={task.state === 'failed' ? 'text-red' : 'text-ink-2'}>{task.failure?.sentence ?? '–'}</td>
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
                      <td className="pr-6 text-right whitespace-nowrap">{took(attempt)}</td>
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

function took({ startedAt, endedAt }: { startedAt: string | null; endedAt: string | null }): string {
  if (startedAt === null || endedAt === null) return '–';
  const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
  return seconds < 1 ? 'under 1 s' : formatSpan(seconds);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
