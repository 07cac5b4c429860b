import { publishedName } from '@transcode/contracts';
import { cancelJob } from '@transcode/db';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { runTask } from '../src/run-task.ts';
import { makeSource, patternWithBeeps } from './make-source.ts';
import { openWorkshop, type Work, type Workshop } from './workshop.ts';

const never = new AbortController().signal;

let workshop: Workshop;
let source: string;
let first: Work;

beforeAll(async () => {
  workshop = await openWorkshop({ chunkLengths: { first: 1, later: 1 } });
  source = await makeSource(patternWithBeeps(15));
});
afterAll(() => workshop.dispose());

/** The sound and two of three chunks are done when the job is canceled. */
beforeEach(async () => {
  first = await workshop.begin(source, 'preview');
  await workshop.run(first, 'probe', 'plan', 'audio');
  for (const index of [0, 2])
    await runTask(workshop.runner, { taskId: await workshop.queued(first, 'encode', index), token: 0 }, never);
  await workshop.db.$transaction((tx) => cancelJob(tx, first.jobId));
});

const states = async ({ jobId }: Work): Promise<string[]> => {
  const tasks = await workshop.db.task.findMany({
    where: { jobId, stage: { in: ['encode', 'audio'] } },
    orderBy: [{ stage: 'asc' }, { index: 'asc' }],
  });
  return tasks.map(({ stage, index, state }) => `${stage} ${index} ${state}`);
};

test('what was finished is kept, and the rest makes a whole with it', async () => {
  const second = await workshop.retry(first, 'preview');
  await workshop.run(second, 'probe', 'plan');
  expect(await states(second)).toEqual([
    'encode 0 completed',
    'encode 1 queued',
    'encode 2 completed',
    'audio 0 completed',
  ]);
  const { notes } = await workshop.db.job.findUniqueOrThrow({ where: { id: second.jobId } });
  expect(notes).toEqual(['2 of 3 chunks were kept from the last run.', 'The sound was kept from the last run.']);

  await workshop.run(second, 'encode', 'package', 'verify', 'measure', 'publish');
  const { chunks } = await workshop.published(second);
  const names = chunks.video.flatMap(({ renditions }) =>
    renditions.map(({ init }) => publishedName(chunks.job, init.key)),
  );
  expect(names).toEqual([`v180/0-1@${first.jobId}/init.mp4`, 'v180/1-1/init.mp4', `v180/2-1@${first.jobId}/init.mp4`]);
  const { state, publishedJobId } = await workshop.db.video.findUniqueOrThrow({ where: { id: first.videoId } });
  expect({ state, publishedJobId }).toEqual({ state: 'ready', publishedJobId: second.jobId });
});

test('a third run keeps what the first two made', async () => {
  const second = await workshop.retry(first, 'preview');
  await workshop.run(second, 'probe', 'plan', 'encode');
  await workshop.db.$transaction((tx) => cancelJob(tx, second.jobId));
  const third = await workshop.retry(second, 'preview');
  await workshop.run(third, 'probe', 'plan', 'package');
  expect(await states(third)).not.toContainEqual(expect.stringContaining('queued'));
  const { chunks } = await workshop.published(third);
  expect(chunks.video).toHaveLength(3);
});

test('another preset keeps nothing of the picture', async () => {
  const second = await workshop.retry(first, 'web');
  await workshop.run(second, 'probe', 'plan');
  expect((await states(second)).filter((state) => state.startsWith('encode'))).toEqual([
    'encode 0 queued',
    'encode 1 queued',
    'encode 2 queued',
  ]);
});

test('a chunk of which an object is gone is made again', async () => {
  const chunk = await workshop.db.chunk.findUniqueOrThrow({
    where: { jobId_kind_index: { jobId: first.jobId, kind: 'video', index: 2 } },
  });
  const { renditions } = chunk.result as { renditions: { segments: { key: string }[] }[] };
  await workshop.storage.delete([renditions[0]?.segments[0]?.key ?? '']);
  const second = await workshop.retry(first, 'preview');
  await workshop.run(second, 'probe', 'plan');
  expect(await states(second)).toEqual([
    'encode 0 completed',
    'encode 1 queued',
    'encode 2 queued',
    'audio 0 completed',
  ]);
});

test('nothing is kept of a job whose video did not pass its check', async () => {
  await workshop.db.job.update({ where: { id: first.jobId }, data: { state: 'failed', failureCode: 'verify_failed' } });
  const second = await workshop.retry(first, 'preview');
  await workshop.run(second, 'probe', 'plan');
  expect(await states(second)).toEqual(['encode 0 queued', 'encode 1 queued', 'encode 2 queued', 'audio 0 queued']);
});
