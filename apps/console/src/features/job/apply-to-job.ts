import type { Event, JobDetail } from '@transcode/contracts';

type ProgressEvent = Extract<Event, { type: 'progress' }>;

/** The job with the progress of one of its tasks written in. */
export function applyToJob<J extends Pick<JobDetail, 'tasks'>>(job: J, { taskId, progress }: ProgressEvent): J {
  const tasks = job.tasks.map((task) =>
    task.id === taskId && task.state === 'running' ? { ...task, progress } : task,
  );
  return { ...job, tasks };
}
