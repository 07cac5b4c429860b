import { afterAll, beforeAll, expect, test } from 'vitest';
import { runTask } from '../src/run-task.ts';
import { makeSource, patternWithBeeps } from './make-source.ts';
import { openWorkshop, TO_PACKAGED, type Work, type Workshop } from './workshop.ts';

let workshop: Workshop;
/** Packaged, in chunks of 6 s and 2 s. */
let begin: () => Promise<Work>;

beforeAll(async () => {
  workshop = await openWorkshop({ chunkLengths: { first: 1, later: 1 } });
  const source = await makeSource(patternWithBeeps(8, { width: 160, height: 90 }));
  begin = async () => {
    const work = await workshop.begin(source);
    await workshop.run(work, ...TO_PACKAGED);
    return work;
  };
});
afterAll(() => workshop.dispose());

const verifications = ({ jobId }: Work) =>
  workshop.db.task.findMany({ where: { jobId, stage: 'verify' }, orderBy: { index: 'desc' } });

test('the parts are done in any order, and the video is published after the last', async () => {
  const work = await begin();
  const parts = await verifications(work);
  expect(parts.map(({ index, state }) => [index, state])).toEqual([
    [2, 'queued'],
    [1, 'queued'],
    [0, 'queued'],
  ]);
  for (const { id, token } of parts) {
    await expect(workshop.queued(work, 'publish')).rejects.toThrow('publish is blocked');
    await runTask(workshop.runner, { taskId: id, token }, new AbortController().signal);
  }
  await workshop.run(work, 'publish');
  const video = await workshop.db.video.findUniqueOrThrow({ where: { id: work.videoId } });
  expect(video.state).toBe('ready');
});

test('nothing is published of which a part was not checked', async () => {
  const work = await begin();
  await workshop.run(work, 'verify');
  await workshop.db.task.deleteMany({ where: { jobId: work.jobId, stage: 'verify', index: 1 } });
  await expect(workshop.run(work, 'publish')).rejects.toThrow('2 of 3 checks were made');
});
