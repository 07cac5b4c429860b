'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { classWords, TASK_CLASSES, workWords, type QueuedTaskView, type TaskClass } from '@transcode/contracts';
import { classNames, formatMoment, Skeleton, Time } from '@transcode/ui';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { PRIORITY_WORDS } from '../jobs/job-words.ts';
import { Section } from '../video/section.tsx';
import { taskWords } from '../workers/task-words.ts';
import { replaceParam } from './replace-param.ts';
import { ScrollArea } from '../shell/scroll-area.tsx';

const SHOWN = 20;
const LOOK_MS = 3_000;

/** Who is first in line of a class, and why there. */
export function NextTasks({ classes }: { classes: readonly TaskClass[] }) {
  const trpc = useTRPC();
  const named = useSearchParams().get('class');
  const chosen = TASK_CLASSES.find((one) => one === named) ?? 'cpu';
  const next = useQuery({
    ...trpc.queues.next.queryOptions({ class: chosen, limit: SHOWN }),
    placeholderData: keepPreviousData,
    refetchInterval: LOOK_MS,
  });
  return (
    <Section title="What is next">
      <fieldset className="flex flex-wrap gap-1">
        <legend className="sr-only">Class of work</legend>
        {classes.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === chosen}
            onClick={() => replaceParam('class', one)}
            className={classNames(
              'h-8 rounded-control px-3 text-small',
              one === chosen ? 'bg-raised font-medium text-ink' : 'text-ink-2 hover:text-ink',
            )}
          >
            {classWords(one)}
          </button>
        ))}
      </fieldset>
      {next.isPending && <Skeleton className="h-32 w-full" />}
      {next.isError && <p className="text-small text-amber">{explain(next.error).sentence}</p>}
      {next.data?.items.length === 0 && <p className="text-small text-ink-3">No {workWords(chosen)} waits.</p>}
      {next.data && next.data.items.length > 0 && <Line tasks={next.data.items} />}
    </Section>
  );
}

function Line({ tasks }: { tasks: readonly QueuedTaskView[] }) {
  return (
    <ScrollArea label="Tasks in line">
      <table className="w-full min-w-[720px] text-small">
        <thead className="text-left text-ink-3">
          <tr className="h-8">
            <th className="w-10 pr-4 text-right font-normal">
              <span className="sr-only">Place</span>
            </th>
            <th className="font-normal">Video</th>
            <th className="font-normal">Task</th>
            <th className="font-normal">Priority</th>
            <th className="pr-6 text-right font-normal">Waits since</th>
            <th className="font-normal">Why here</th>
          </tr>
        </thead>
        <tbody>
          {tasks.map((task, at) => (
            <tr key={task.id} className="h-8 border-t border-line">
              <td className="pr-4 text-right text-ink-3">{at + 1}</td>
              <td className="max-w-72 truncate pr-6" title={task.videoTitle}>
                <Link href={`/jobs/${task.jobId}`} prefetch={false} className="underline-offset-4 hover:underline">
                  {task.videoTitle}
                </Link>
              </td>
              <td className="pr-6 whitespace-nowrap">{taskWords(task)}</td>
              <td className="pr-6">{PRIORITY_WORDS[task.priority]}</td>
              <td className="pr-6 text-right whitespace-nowrap text-ink-2">
                {task.queuedAt ? <Time at={task.queuedAt} /> : '–'}
              </td>
              <td className="whitespace-nowrap text-ink-2">{whyHere(task)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}

function whyHere({ notBefore, begun, boundToEncoder, priority }: QueuedTaskView): string {
  if (notBefore !== null && Date.parse(notBefore) > Date.now())
    return `Rests after a failure until ${formatMoment(notBefore)}`;
  const parts = [
    ...(begun ? ['begun before, so it goes first'] : []),
    ...(boundToEncoder ? ['only for the ffmpeg that began its video'] : []),
  ];
  if (parts.length === 0) return priority === 'normal' ? 'Waited longest' : `Waited longest of its priority`;
  const text = parts.join('; ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
