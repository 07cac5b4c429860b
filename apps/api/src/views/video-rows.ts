import type { Prisma } from '@transcode/db';

/** What a video's view is made of: its upload, its newest job, and that job's tasks. */
export const VIDEO_ROWS = {
  upload: { select: { id: true, size: true, offset: true, state: true } },
  jobs: { orderBy: { id: 'desc' }, take: 1, include: { tasks: { orderBy: [{ stage: 'asc' }, { index: 'asc' }] } } },
} as const satisfies Prisma.VideoInclude;
export type VideoRow = Prisma.VideoGetPayload<{ include: typeof VIDEO_ROWS }>;

export const JOB_ROWS = {
  video: { select: { title: true } },
  tasks: { orderBy: [{ stage: 'asc' }, { index: 'asc' }] },
} as const satisfies Prisma.JobInclude;
export type JobRow = Prisma.JobGetPayload<{ include: typeof JOB_ROWS }>;
