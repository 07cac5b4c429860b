import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJob, deleteVideo, findJobs, renameVideo } from '../src/index.ts';
import { realPostgres, type RealPostgres } from './real-postgres.ts';

let postgres: RealPostgres;

beforeAll(async () => {
  postgres = await realPostgres();
});
afterAll(() => postgres.stop());

const rename = (id: string, title: string): Promise<boolean> =>
  renameVideo(postgres.db, { id, title }, () => Promise.resolve());
const titled = async (search: string): Promise<string[]> =>
  (await findJobs(postgres.db, { workspaceIds: 'all', search }, { limit: 10 })).ids;

/** A second job of a video whose first has ended. */
async function begunAgain(): Promise<{ id: string; workspaceId: string; jobId: string }> {
  const { video, jobId } = await postgres.begin();
  await postgres.db.job.update({ where: { id: jobId }, data: { state: 'failed' } });
  return { id: video.id, workspaceId: video.workspaceId, jobId };
}
const beginAgain = (video: { id: string; workspaceId: string }): Promise<string> =>
  postgres.db.$transaction(async (tx) => (await createJob(tx, { video, preset: 'web', priority: 'normal' })).job.id);

test('jobs are found by the new title of their video, those that begin later as well, and no longer by the old', async () => {
  const video = await begunAgain();
  await rename(video.id, 'Old tram');
  expect(await titled('old tram')).toEqual([video.jobId]);
  expect(await rename(video.id, 'New ferry')).toBe(true);
  const second = await beginAgain(video);
  expect(await titled('new ferry')).toEqual([second, video.jobId]);
  expect(await titled('old tram')).toEqual([]);
});

test('a job that begins at the same moment has the title that its video has then', async () => {
  for (let round = 1; round <= 20; round += 1) {
    const video = await begunAgain();
    const [jobId] = await Promise.all([beginAgain(video), rename(video.id, `Round ${round}`)]);
    const { videoTitle } = await postgres.db.job.findUniqueOrThrow({ where: { id: jobId } });
    expect(videoTitle).toBe(`Round ${round}`);
  }
});

test('a deleted video is not renamed', async () => {
  const { video } = await postgres.begin();
  await deleteVideo(postgres.db, video.id, () => Promise.resolve());
  expect(await rename(video.id, 'Too late')).toBe(false);
  expect((await postgres.db.video.findUniqueOrThrow({ where: { id: video.id } })).title).toBe('A video');
});
