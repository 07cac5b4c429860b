import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder, type TemporaryFolder } from '../../src/index.ts';
import { patternGraph } from '../../src/media/pattern.ts';
import { readPattern } from '../../src/media/read-pattern.ts';
import { ffmpeg, make } from '../tools.ts';

const SIZE = { width: 160, height: 90 };
const NUMBERS = [500, 501, 502];
let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await temporaryFolder('read-pattern');
});
afterAll(() => folder.remove());

async function numbers(graph: string): Promise<number[]> {
  const file = path.join(folder.path, `${crypto.randomUUID()}.mkv`);
  await make(file, ['-f', 'lavfi', '-i', graph, '-c:v', 'ffv1']);
  return (await readPattern({ ffmpeg, input: file, ...SIZE })).map(({ number }) => number);
}

const PATTERN = patternGraph({ ...SIZE, rate: '25', frames: NUMBERS.length, first: 500 });
/** White and black are so far apart, around grey. */
const faded = (contrast: number): string => `${PATTERN},format=gray,lut=y='128+(val-128)*${contrast}/255'`;

test('reads the numbers of a picture, also where it is pale', async () => {
  expect(await numbers(PATTERN)).toEqual(NUMBERS);
  expect(await numbers(faded(70))).toEqual(NUMBERS);
});

test('reads none where white is hardly lighter than black', async () => {
  expect(await numbers(faded(50))).toEqual([-1, -1, -1]);
});

test.each(['black', 'gray', 'white'])('reads none in a picture that is all %s', async (colour) => {
  expect(await numbers(`color=${colour}:s=160x90:r=25:d=0.08`)).toEqual([-1, -1]);
});
