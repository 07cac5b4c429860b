import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { patternGraph } from '@transcode/testing/media';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { lavfi, makeSource } from './make-source.ts';
import { verdicts } from './verdicts.ts';
import { openWorkshop, TO_PACKAGED, type PublishedWork, type Workshop } from './workshop.ts';

/** Seconds of each part: the second chunk begins in the second of them, the third in the third. */
const PART_SECONDS = 5;
const SIZES = [
  { width: 320, height: 240 },
  { width: 640, height: 360 },
  { width: 240, height: 320 },
];

let workshop: Workshop;
let work: PublishedWork;

beforeAll(async () => {
  workshop = await openWorkshop({ chunkLengths: { first: 1, later: 1 } });
  const begun = await workshop.begin(await joined(SIZES));
  await workshop.run(begun, ...TO_PACKAGED);
  work = await workshop.published(begun);
});
afterAll(() => workshop.dispose());

async function joined(sizes: readonly { width: number; height: number }[]): Promise<string> {
  const { ffmpeg, folder } = inject('servers');
  const frames = 25 * PART_SECONDS;
  const parts: string[] = [];
  for (const [index, size] of sizes.entries())
    parts.push(await makeSource(lavfi(patternGraph({ ...size, rate: '25', frames, first: index * frames }))));
  const list = path.join(folder, `${crypto.randomUUID()}.txt`);
  const file = path.join(folder, `${crypto.randomUUID()}.ts`);
  await writeFile(list, parts.map((part) => `file '${part}'\n`).join(''));
  const argv = ['-v', 'error', '-f', 'concat', '-safe', '0', '-i', list, '-c', 'copy', file];
  await promisify(execFile)(ffmpeg, argv);
  return file;
}

test('every shape is found, and the largest is the frame', () => {
  const sampleAspect = { num: 1, den: 1 };
  const shapes = SIZES.map((size, part) => ({
    ...{ ...size, sampleAspect },
    fromSeconds: expect.closeTo(work.plan.grid.zeroSeconds + part * PART_SECONDS, 3) as number,
  }));
  expect(work.probe.video.shapes).toEqual(shapes);
  expect(work.plan.reference).toEqual({ width: 640, height: 360 });
  expect(work.plan.chunks).toHaveLength(3);
});

test('each part in its own shape is right, also in chunks that begin in a later one', async () => {
  expect(await verdicts(workshop, work, () => Promise.resolve())).toEqual(['right', 'right', 'right', 'right']);
});

test('parts that are squeezed into the frame are not the source', async () => {
  const verdict = await verdicts(workshop, work, async (copy) => {
    copy.plan.referenceFilter = copy.plan.referenceFilter.replace(/^.*?(?=settb=)/, '');
    for (const chunk of [0, 1, 2]) await copy.remakePicture('null', { chunk });
  });
  const foreign = /v360: from frame \d+ on, the picture is not the source's/;
  expect(verdict).toEqual(['right', ...Array<unknown>(3).fill(expect.stringMatching(foreign))]);
});
