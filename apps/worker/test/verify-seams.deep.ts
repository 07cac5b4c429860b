import { patternGraph } from '@transcode/testing/media';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lavfi, makeSource } from './make-source.ts';
import { moveFragments } from './spoil-boxes.ts';
import type { TamperedCopy } from './tampered-copy.ts';
import { failed, verdicts } from './verdicts.ts';
import { openWorkshop, TO_PACKAGED, type PublishedWork, type Workshop } from './workshop.ts';

/** Two renditions, in chunks of 6 s, 6 s and 2 s: the seams are before frames 150 and 300. */
const SECONDS = 14;
const PATTERN = patternGraph({ width: 480, height: 270, rate: '25', frames: SECONDS * 25 + 1 });
const TONE = 'sine=f=440:r=48000';
const [TOP, LOW] = ['v270', 'v234'];
const SOUND = 'a-und';
/** Frames one after another, whatever was taken out, from the start of a chunk. */
const RENUMBERED = 'settb=1/25,setpts=N';
const LAST_TWICE = `${RENUMBERED},tpad=stop_mode=clone:stop=1`;
const FIRST_TWICE = `tpad=start_mode=clone:start=1,${RENUMBERED}`;

let workshop: Workshop;
let work: PublishedWork;
/** Sources of the same length: one shows other pictures; of the other the 100th frame was lost, so that all that follow come early. */
let foreign: string;
let slipped: string;

beforeAll(async () => {
  workshop = await openWorkshop({ chunkLengths: { first: 1, later: 1 } });
  const begin = async (picture: string) => {
    const file = await makeSource([...lavfi(picture, TONE), '-t', String(SECONDS)]);
    return workshop.begin(file);
  };
  const begun = await begin(PATTERN);
  await workshop.run(begun, ...TO_PACKAGED);
  work = await workshop.published(begun);
  foreign = (await begin(`mandelbrot=s=480x270:r=25`)).sourceKey;
  slipped = (await begin(`${PATTERN},select='not(eq(n\\,100))',setpts=N/25/TB`)).sourceKey;
});
afterAll(() => workshop.dispose());

/** What the folder's check and that of each chunk say. */
const all = (spoil: (copy: TamperedCopy) => Promise<void>, options?: { source: string }): Promise<string[]> =>
  verdicts(workshop, work, spoil, options);

const remade = (filters: string, options: Parameters<TamperedCopy['remakePicture']>[1]): Promise<string[]> =>
  all((copy) => copy.remakePicture(filters, options));

describe('what is right passes', () => {
  test('chunks that nobody touched', async () => {
    expect(work.plan.video.map(({ name }) => name)).toEqual([TOP, LOW]);
    expect(await all(() => Promise.resolve())).toEqual(['right', 'right', 'right', 'right']);
  });

  test('a chunk that was encoded again', async () => {
    expect(await remade('null', { chunk: 1 })).toEqual(['right', 'right', 'right', 'right']);
  });
});

describe('a chunk that has too few frames or too many', () => {
  test('the last before a seam is missing', async () => {
    const [folder, first] = await remade('trim=end_frame=149', { chunk: 0 });
    expect(folder).toBe('right');
    expect(first).toMatch(failed('chunk 0 of v270 has 149 frames, planned were 150'));
  });

  test('the first behind a seam is missing, and its time with it', async () => {
    const verdict = await remade(`trim=start_frame=1,${RENUMBERED}`, { chunk: 1 });
    expect(verdict[2]).toMatch(failed('chunk 1 of v270 has 149 frames, planned were 150'));
  });

  test('the last before a seam comes once more', async () => {
    const [, first] = await remade(LAST_TWICE, { chunk: 0 });
    expect(first).toMatch(failed('chunk 0 of v270 has 151 frames, planned were 150'));
  });
});

describe('frames that are wrong at a seam', () => {
  test('the last before it shows the one before', async () => {
    const verdict = await remade(`trim=end_frame=149,${LAST_TWICE}`, { chunk: 0 });
    expect(verdict[2]).toMatch(failed('v270: frame 149 shows what frame 148 of the source does'));
  });

  test('the first behind it shows the next', async () => {
    const verdict = await remade(`trim=start_frame=1,${FIRST_TWICE}`, { chunk: 1 });
    expect(verdict[2]).toMatch(failed('v270: frame 150 shows what frame 151 of the source does'));
  });

  test('the last of all shows the one before', async () => {
    const verdict = await remade(`trim=end_frame=49,${LAST_TWICE}`, { chunk: 2 });
    expect(verdict[3]).toMatch(failed('v270: frame 349 shows what frame 348 of the source does'));
  });

  test('some on each side of it are a frame early', async () => {
    const early = await all(async (copy) => {
      await copy.remakePicture(`select='not(eq(n,144))',${LAST_TWICE}`, { chunk: 0 });
      const laterAgain = `select='not(eq(n,0))',settb=1/25,setpts='N+gte(N,6)',fps=25:start_time=0`;
      await copy.remakePicture(laterAgain, { chunk: 1 });
    });
    expect(early[1]).toBe('right');
    expect(early[2]).toMatch(failed('v270: (from )?frame 1[45][0-9]'));
    expect(early[3]).toBe('right');
  });
});

describe('chunks in which all is shifted', () => {
  test('early, from a seam on', async () => {
    const verdict = await remade(`trim=start_frame=1,${LAST_TWICE}`, { chunk: 1 });
    expect(verdict[2]).toMatch(failed('v270: from frame 1[45][0-9] on, the picture is 1 frame early'));
  });

  test('late, from a seam on, to the end', async () => {
    const late = await all(async (copy) => {
      await copy.remakePicture(`${FIRST_TWICE},trim=end_frame=150`, { chunk: 1 });
      await copy.remakePicture(`${FIRST_TWICE},trim=end_frame=50`, { chunk: 2 });
    });
    expect(late[1]).toBe('right');
    expect(late[2]).toMatch(failed('v270: from frame 1[45][0-9] on, the picture is 1 frame late'));
    expect(late[3]).toMatch(failed('v270: from frame 2[0-9]+ on, the picture is 1 frame late'));
  });

  test('by a source that is read wrong behind the seam, whenever it is read', async () => {
    const verdict = await all((copy) => copy.remakePicture('null', { chunk: 1, source: slipped }), { source: slipped });
    expect(verdict[2]).toMatch(failed('v270: from frame 1[0-4][0-9] on, the picture is 1 frame late'));
  });
});

describe('chunks that show something else', () => {
  test('two have changed places', async () => {
    const swapped = await all(async (copy) => {
      await copy.remakePicture('null', { chunk: 0, shows: 1 });
      await copy.remakePicture('null', { chunk: 1, shows: 0 });
    });
    expect(swapped[1]).toMatch(failed("v270: from frame [0-9]+ on, the picture is not the source's"));
    expect(swapped[2]).toMatch(failed("v270: from frame 1[0-9]+ on, the picture is not the source's"));
  });

  test('one is of another source', async () => {
    const verdict = await remade('null', { chunk: 1, source: foreign });
    expect(verdict[1]).toBe('right');
    expect(verdict[2]).toMatch(failed("v270: from frame 1[45][0-9] on, the picture is not the source's"));
  });

  test('one stands still in one rendition', async () => {
    const verdict = await remade(`select='eq(n,0)',tpad=stop_mode=clone:stop=149,${RENUMBERED}`, {
      chunk: 1,
      rendition: LOW,
    });
    expect(verdict.filter((each) => each === 'right')).toHaveLength(2);
    expect(verdict[2]).toMatch(failed('v234:'));
  });

  test("a chunk's segments are listed in the place of another's", async () => {
    const verdict = await all((copy) =>
      copy.edit(`${TOP}/index.m3u8`, (text) => text.replace('2-1/0.m4s', '1-1/0.m4s')),
    );
    expect(verdict[3]).toMatch(failed('v270/1-1/0.m4s is in a playlist where it was never committed'));
  });
});

describe('time at a seam', () => {
  test.each([1000, -1000])('a chunk of a rendition begins %i ticks off', async (ticks) => {
    const verdict = await all(async (copy) => {
      await copy.change(copy.segments(LOW)[1] ?? '', (bytes) => moveFragments(bytes, ticks));
      await copy.recommit(LOW);
    });
    expect(verdict[2]).toMatch(failed(`v234/1-1/0.m4s has a frame at tick ${150_000 + ticks}, and 150000 is due`));
  });

  test('the sound has a gap in its content', async () => {
    const [folder] = await all((copy) => copy.remakeSound(`volume=0:enable='between(t,5.9,6.1)'`));
    expect(folder).toMatch(failed('a-und: the sound is missing at (5.9|6.0)'));
  });

  test('the sound has a gap in its time', async () => {
    const [folder] = await all(async (copy) => {
      await copy.change(copy.segments(SOUND)[1] ?? '', (bytes) => moveFragments(bytes, 1024));
      await copy.recommit(SOUND);
    });
    expect(folder).toMatch(failed('a-und/0-1/1.m4s has a frame at tick'));
  });
});
