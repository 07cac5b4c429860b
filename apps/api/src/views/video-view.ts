import { PublishedFolder } from '@transcode/contracts';
import type { Outlook, Plan, Role, VideoView } from '@transcode/contracts';
import { jobFraction, taskFraction } from '@transcode/db';
import type { Grants } from '../media/grants.ts';
import { failureView } from './failure-view.ts';
import { readPlan } from './job-view.ts';
import { readProbe } from './read-probe.ts';
import type { VideoRow } from './video-rows.ts';

interface Addressing {
  readonly grants: Grants;
  readonly baseUrl: string;
  readonly shareId?: string;
}

/** A playable video's folder: what is in it, and the address it is found at. */
export interface PublishedAt {
  readonly folder: PublishedFolder;
  readonly url: (name: string) => string;
}

/** Where the published folder of a video can be had; undefined while there is nothing to play. */
export function publishedAt(
  video: Pick<VideoRow, 'id' | 'state' | 'publishedJobId'>,
  published: unknown,
  { grants, baseUrl, shareId }: Addressing,
): PublishedAt | undefined {
  if (video.publishedJobId === null || (video.state !== 'playable' && video.state !== 'ready')) return undefined;
  const folder = PublishedFolder.safeParse(published);
  if (!folder.success) return undefined;
  const base = `${baseUrl}/media/${grants.issue({ videoId: video.id, jobId: video.publishedJobId, shareId })}`;
  return { folder: folder.data, url: (name) => `${base}/${name}` };
}

function chunkStrip(job: VideoRow['jobs'][number] | undefined, plan: Plan | null): VideoView['chunks'] {
  if (job === undefined || plan === null) return [];
  const { num, den } = plan.grid.rate;
  const tasks = new Map(job.tasks.filter((task) => task.stage === 'encode').map((task) => [task.index, task]));
  return plan.chunks.flatMap((chunk) => {
    const task = tasks.get(chunk.index);
    if (task === undefined) return [];
    const seconds = ((chunk.endFrame - chunk.startFrame) * den) / num;
    return [{ state: task.state, fraction: taskFraction(task), takenOver: task.infraAttempts > 0, seconds }];
  });
}

function videoFraction(video: VideoRow, plan: Plan | null): number {
  const [job] = video.jobs;
  if (video.state === 'ready') return 1;
  return job === undefined ? 0 : jobFraction(job, plan);
}

interface Known {
  readonly published: PublishedAt | undefined;
  readonly outlook: Outlook | null;
  readonly asking: { readonly role: Role };
}

export function videoView(video: VideoRow, { published, outlook, asking }: Known): VideoView {
  const [job] = video.jobs;
  const plan = readPlan(job?.plan ?? null);
  const probe = readProbe(video.probe);
  const poster = published?.folder.poster;
  return {
    id: video.id,
    workspaceId: video.workspaceId,
    title: video.title,
    state: video.state,
    bytes: Number(video.sourceBytes),
    preset: video.preset,
    createdAt: video.createdAt.toISOString(),
    readyAt: video.readyAt?.toISOString() ?? null,
    durationSeconds: plan?.durationSeconds ?? probe?.durationSeconds ?? null,
    width: probe?.video.displayWidth ?? null,
    height: probe?.video.displayHeight ?? null,
    fraction: videoFraction(video, plan),
    posterUrl: published === undefined || poster === undefined ? null : published.url(poster),
    playbackUrl: published?.url('master.m3u8') ?? null,
    uploadId: video.upload?.id ?? null,
    uploadOffset: video.upload === null ? null : Number(video.upload.offset),
    jobId: job?.id ?? null,
    failure: failureView(video, asking),
    outlook,
    chunks: chunkStrip(job, plan),
  };
}
