import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PublishedFolder } from '@transcode/contracts';
import { choosePoster } from '@transcode/db';
import { readPattern } from '@transcode/testing/media';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makeSource, patternWithBeeps } from '../make-source.ts';
import { openWorkshop, TO_PACKAGED, type Work, type Workshop } from '../workshop.ts';

const { ffmpeg, folder } = inject('servers');
const SECONDS = 13;

let workshop: Workshop;
let work: Work;

beforeAll(async () => {
  workshop = await openWorkshop();
  work = await workshop.begin(await makeSource(patternWithBeeps(SECONDS)));
  await workshop.run(work, ...TO_PACKAGED);
});
afterAll(() => workshop.dispose());

const choose = (seconds: number) =>
  choosePoster(workshop.db, { videoId: work.videoId, seconds }, () => Promise.resolve());

async function folderNow(): Promise<PublishedFolder> {
  const { published } = await workshop.db.job.findUniqueOrThrow({ where: { id: work.jobId } });
  return PublishedFolder.parse(published);
}

/** The number that is burned into the frame that the poster shows. */
async function frameShown(): Promise<number | undefined> {
  const { poster, files } = await folderNow();
  const file = files.find(({ name }) => name === poster);
  const saved = path.join(folder, `${crypto.randomUUID()}.jpg`);
  await writeFile(saved, await workshop.storage.read(file?.key ?? ''));
  const [frame] = await readPattern({ ffmpeg, input: saved, width: 320, height: 180 });
  return frame?.number;
}

test.each([
  [0, 0],
  [7.2, 180],
  // In the middle of a frame it is that frame, and behind the end the last.
  [7.239, 180],
  [99, SECONDS * 25 - 1],
])('the poster chosen at %f s is frame %i', async (seconds, frame) => {
  const before = await folderNow();
  const released = await choose(seconds);
  expect(released).toHaveLength(1);
  await workshop.run(work, 'poster');
  expect(await frameShown()).toBe(frame);
  const after = await folderNow();
  expect(after.poster).not.toBe(before.poster);
  expect(after.files.map(({ name }) => name)).not.toContain(before.poster);
  expect(after.files).toHaveLength(before.files.length);
});

test('who has chosen last is heard, in whatever order the posters are made', async () => {
  await choose(2);
  await choose(4);
  await workshop.run(work, 'poster');
  expect(await frameShown()).toBe(100);
});

test('there is nothing to choose from while nothing is published', async () => {
  const other = await workshop.begin(await makeSource(patternWithBeeps(1)));
  expect(await choosePoster(workshop.db, { videoId: other.videoId, seconds: 0 }, () => Promise.resolve())).toBe(
    undefined,
  );
});
