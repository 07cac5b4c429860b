import type { WorkerView } from '@transcode/contracts';
import { formatFps, formatSpan, formatTimeLeft, Strip } from '@transcode/ui';
import Link from 'next/link';
import { taskWords } from './task-words.ts';

/** One slot of a worker as a piece of a strip: an outline while it is free, filling while something is done in it. */
export function Slot({ task, held }: { task: WorkerView['tasks'][number] | undefined; held: boolean }) {
  const fraction = task?.progress?.fraction ?? 0;
  return (
    <div className="flex h-8 min-w-0 items-center gap-3" data-task={task?.id}>
      <div className="w-16 shrink-0 sm:w-24">
        <Strip
          size="line"
          decorative
          cells={[
            {
              state: task === undefined ? 'waiting' : held ? 'held' : 'running',
              fraction,
              takenOver: false,
              seconds: 1,
            },
          ]}
        />
      </div>
      {task === undefined ? (
        <span className="text-ink-3">{held ? 'Takes nothing' : 'Free'}</span>
      ) : (
        <>
          <Link
            href={`/jobs/${task.jobId}`}
            prefetch={false}
            className="shrink-0 underline-offset-4 hover:underline"
            title="Open the job"
          >
            {taskWords(task)}
          </Link>
          <Link
            href={`/videos/${task.videoId}`}
            prefetch={false}
            className="min-w-0 truncate text-ink-2 underline-offset-4 hover:underline"
            title={task.videoTitle}
          >
            {task.videoTitle}
          </Link>
          <span className="ml-auto hidden shrink-0 pl-3 text-right text-ink-3 sm:inline" title={rateWords(task)}>
            {figures(task)}
          </span>
        </>
      )}
    </div>
  );
}

function figures({ progress, startedAt }: WorkerView['tasks'][number]): string {
  if (progress === null) {
    const seconds = startedAt === null ? 0 : (Date.now() - new Date(startedAt).getTime()) / 1000;
    return seconds > 5 ? `for ${formatSpan(seconds)}` : '';
  }
  const parts = [`${Math.floor(progress.fraction * 100)} %`];
  if (progress.secondsLeft !== undefined) parts.push(formatTimeLeft(progress.secondsLeft));
  return parts.join(' · ');
}

function rateWords({ progress }: WorkerView['tasks'][number]): string | undefined {
  return progress?.fps === undefined || progress.fps === 0 ? undefined : `${formatFps(progress.fps)} frames/s`;
}
