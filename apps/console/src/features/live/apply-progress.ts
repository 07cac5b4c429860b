import type { Event, JobDetail, VideoView } from '@transcode/contracts';

/** The hints that carry what they tell, so that nobody has to be asked. */
export type ProgressEvent = Extract<Event, { type: 'progress' | 'upload' }>;

type Facts = Pick<VideoView, 'id' | 'jobId' | 'chunks' | 'uploadOffset'>;

/** The video with the progress of its upload or of one of its chunks written in; the very same object where it is not meant. */
export function applyToVideo<V extends Facts>(video: V, event: ProgressEvent): V {
  if (event.type === 'upload') return video.id === event.videoId ? { ...video, uploadOffset: event.offset } : video;
  if (video.id !== event.videoId || video.jobId !== event.jobId || event.stage !== 'encode') return video;
  const chunks = video.chunks.map((chunk, index) =>
    index === event.index && chunk.state !== 'completed'
      ? { ...chunk, state: 'running' as const, fraction: event.progress.fraction }
      : chunk,
  );
  return { ...video, chunks };
}

type Detail = Facts & { job: Pick<JobDetail, 'id' | 'tasks'> | null };

/** The same for the video's own page, where each task shows its figures. */
export function applyToDetail<V extends Detail>(video: V, event: ProgressEvent): V {
  const applied = applyToVideo(video, event);
  if (event.type === 'upload' || applied.job?.id !== event.jobId) return applied;
  const tasks = applied.job.tasks.map((task) =>
    task.id === event.taskId && task.state !== 'completed'
      ? { ...task, state: 'running' as const, progress: event.progress }
      : task,
  );
  return { ...applied, job: { ...applied.job, tasks } };
}
