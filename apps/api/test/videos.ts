import { randomUUID } from 'node:crypto';
import type { Job, Prisma, Video } from '@transcode/db';
import type { Installation } from './installation.ts';

type NewVideo = Partial<Prisma.VideoUncheckedCreateInput>;

export async function addVideo(here: Installation, data: NewVideo = {}): Promise<Video> {
  const workspaceId = data.workspaceId ?? here.workspaceId;
  return here.db.video.create({
    data: {
      title: 'A video',
      fileName: 'video.mp4',
      sourceKey: `w/${workspaceId}/u/${randomUUID()}`,
      sourceBytes: 1_000,
      preset: 'web',
      ...data,
      workspaceId,
    },
  });
}

export async function addJob(
  here: Installation,
  video: Video,
  data: Partial<Prisma.JobUncheckedCreateInput> = {},
): Promise<Job> {
  return here.db.job.create({
    data: {
      ...{ workspaceId: video.workspaceId, videoId: video.id, videoTitle: video.title, preset: video.preset },
      ...data,
    },
  });
}
