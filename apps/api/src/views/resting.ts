import { JobItem, VideoDetail, VideoView } from '@transcode/contracts';
import type { JobRow } from '@transcode/db';
import type { SignedInContext } from '../context.ts';
import { KeptViews } from './kept-views.ts';
import type { VideoRow } from './video-rows.ts';

const OVER = new Set(['completed', 'failed', 'canceled']);

/** What is said of videos and jobs that rest. */
export class Resting {
  readonly videos = new KeptViews<VideoView>(VideoView);
  readonly videoDetails = new KeptViews<VideoDetail>(VideoDetail);
  readonly jobs = new KeptViews<JobItem>(JobItem);
}

/** Nothing of it changes any more unless its own row, its upload's or a job's is written: no task of it is left to be done. */
export function isAtRest({ state, jobs: [job] }: VideoRow): boolean {
  if (state !== 'ready' && state !== 'failed' && state !== 'canceled') return false;
  return job === undefined || (OVER.has(job.state) && job.tasks.every((task) => OVER.has(task.state)));
}

/** What is listed of it stands in its row: of a job that is completed, or whose standing was kept when it ended. */
export function isListedAtRest({ state, standing }: Pick<JobRow, 'state' | 'standing'>): boolean {
  return state === 'completed' || standing !== null;
}

/** By what a view is kept: what it says depends on the rows, and on who asks, where and when. */
export function keptBy(
  { services, request, identity }: SignedInContext,
  { id, version }: { readonly id: string; readonly version: string },
): [key: string, version: string] {
  return [`${identity.role} ${id}`, `${version} ${services.grants.window()} ${request.baseUrl}`];
}
