import type { Event, JobDetail, VideoView } from '@transcode/contracts';

export type ProgressEvent = Extract<Event, { type: 'progress' }>;

/** The video with the progress of one of its chunks written in; the very same object where it says nothing about it. */
export function applyToVideo<V extends Pick<VideoView, 'id' | 'jobId' | 'chunks'>>(video: V, event: ProgressEvent): V {
  if (video.id !== event.videoId || video.jobId !== event.jobId || event.stage !== 'encode') return video;
  const chunks = video.chunks.map((chunk, index) =>
    index === event.index && chunk.state !== 'completed'
      ? { ...chunk, state: 'running' as const, fraction: event.progress.fraction }
      : chunk,
  );
  return { ...video, chunks };
}

type Detail = Pick<VideoView, 'id' | 'jobId' | 'chunks'> & { job: Pick<JobDetail, 'id' | 'tasks'> | null };

/** The same for the video's own page, where each task shows its figures. */
export function applyToDetail<V extends Detail>(video: V, event: ProgressEvent): V {
  const applied = applyToVideo(video, event);
  if (applied.job?.id !== event.jobId) return applied;
  const tasks = applied.job.tasks.map((task) =>
    task.id === event.taskId && task.state !== 'completed'
      ? { ...task, state: 'running' as const, progress: event.progress }
      : task,
  );
  return { ...applied, job: { ...applied.job, tasks } };
}
