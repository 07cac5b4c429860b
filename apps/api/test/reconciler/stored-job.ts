import { createHash, randomBytes } from 'node:crypto';
import type { ChunkIndex, JobState, TaskState } from '@transcode/contracts';
import type { Job, Video } from '@transcode/db';
import type { Installation } from '../installation.ts';
import { addJob } from '../videos.ts';

interface StoredJob {
  readonly job: Job;
  /** Keys that its rows name. */
  readonly winners: readonly string[];
  /** Keys of claims that did not win. */
  readonly losers: readonly string[];
}

interface Wanted {
  readonly state: JobState;
  /** Of the task that is left beside the encoding. */
  readonly measure?: TaskState;
  /** Keys of an earlier job that it goes on with. */
  readonly takenOver?: readonly string[];
  readonly endedAt?: Date;
}

export const LONG_AGO = new Date(Date.now() - 3_600_000);

/** A job of one chunk with what winners and losers of its tasks left in storage, as workers leave it. */
export async function storeJob(
  here: Installation,
  video: Video,
  { state, measure = 'completed', takenOver = [], endedAt = LONG_AGO }: Wanted,
): Promise<StoredJob> {
  const job = await addJob(here, video, { state, endedAt });
  const folder = `w/${video.workspaceId}/v/${video.id}/${job.id}`;
  const [init, segment, playlist] = [
    `${folder}/v180/0-2/init.mp4`,
    `${folder}/v180/0-2/0.m4s`,
    `${folder}/package/0-2/master.m3u8`,
  ];
  const losers = [`${folder}/v180/0-1/0.m4s`, `${folder}/v180/0-1/init.mp4`, `${folder}/package/0-1/master.m3u8`];
  for (const key of [init, segment, playlist, ...losers]) await here.storage.put(key, randomBytes(100));
  await here.db.task.createMany({
    data: [
      { jobId: job.id, stage: 'encode', class: 'cpu', state: 'completed', token: 2, endedAt },
      {
        jobId: job.id,
        stage: 'measure',
        class: 'cpu',
        state: measure,
        essential: false,
        ...(measure === 'running' ? {} : { endedAt }),
      },
    ],
  });
  const facts = async (key: string): Promise<Facts> => {
    const body = await here.storage.read(key);
    return { key, bytes: body.length, sha256: createHash('sha256').update(body).digest('hex') };
  };
  const keys = await Promise.all([...takenOver, segment].map(facts));
  await here.db.chunk.create({
    data: {
      jobId: job.id,
      kind: 'video',
      index: 0,
      state: 'done',
      token: 2,
      result: chunkOf(await facts(init), keys),
    },
  });
  const published = {
    files: [{ name: 'master.m3u8', key: playlist, bytes: 100, contentType: 'application/vnd.apple.mpegurl' }],
  };
  await here.db.job.update({ where: { id: job.id }, data: { published } });
  return { job, winners: [init, segment, playlist], losers };
}

interface Facts {
  readonly key: string;
  readonly bytes: number;
  readonly sha256: string;
}

function chunkOf(init: Facts, keys: readonly Facts[]): ChunkIndex {
  const segments = keys.map((facts, index) => ({
    ...{ ...facts, tick: index * 100, ticks: 100, frames: 100, keyPictures: [] },
  }));
  const rendition = {
    ...{ rendition: 'v180', kind: 'video' as const, init },
    ...{ codec: 'avc1.64001f', timescale: 25, fingerprint: 'x', segments },
  };
  return { renditions: [rendition], cpuSeconds: 1, wallSeconds: 1 };
}
