import { TranscodeError, type Probe } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { planVideo } from '../src/index.ts';
import { audio, preset, probe } from './sources.ts';

const sizes = (picture: Parameters<typeof probe>[0]) =>
  planVideo(probe(picture), preset()).video.map(({ name, width, height, bitRate }) => [name, width, height, bitRate]);

test('1080p gets every rung of the ladder, highest first', () => {
  expect(sizes({})).toEqual([
    ['v1080', 1920, 1080, 6_000_000],
    ['v720', 1280, 720, 3_000_000],
    ['v540', 960, 540, 2_000_000],
    ['v432', 768, 432, 730_000],
    ['v360', 640, 360, 365_000],
    ['v234', 416, 234, 145_000],
  ]);
});

test('nothing is ever scaled up, and a source between rungs keeps its own size on top', () => {
  expect(sizes({ width: 853, height: 481 }).map(([, width, height]) => [width, height])).toEqual([
    [852, 480],
    [766, 432],
    [638, 360],
    [414, 234],
  ]);
  expect(sizes({ width: 16, height: 16 }).map(([name, width, height]) => [name, width, height])).toEqual([
    ['v16', 16, 16],
  ]);
  expect(sizes({ width: 3840, height: 2160 })[0]).toEqual(['v1080', 1920, 1080, 6_000_000]);
});

test('portrait and rotated pictures are rungs by their short side', () => {
  expect(sizes({ width: 1080, height: 1920 })[1]).toEqual(['v720', 720, 1280, 3_000_000]);
  const turned = probe({ width: 1920, height: 1080, displayWidth: 1080, displayHeight: 1920, rotation: 90 });
  expect(planVideo(turned, preset()).reference).toEqual({ width: 1080, height: 1920 });
});

test.each([
  [
    { num: 24_000, den: 1001 },
    { timescale: 24_000, frameTicks: 1001, gopFrames: 48, segmentFrames: 144 },
  ],
  [
    { num: 25, den: 1 },
    { timescale: 25_000, frameTicks: 1000, gopFrames: 50, segmentFrames: 150 },
  ],
  [
    { num: 30_000, den: 1001 },
    { timescale: 30_000, frameTicks: 1001, gopFrames: 60, segmentFrames: 180 },
  ],
  [
    { num: 60_000, den: 1001 },
    { timescale: 60_000, frameTicks: 1001, gopFrames: 120, segmentFrames: 360 },
  ],
])('a constant rate of %o is kept exactly', (rate, grid) => {
  const plan = planVideo(probe({ rate, endSeconds: (250 * rate.den) / rate.num }), preset());
  expect(plan.grid).toMatchObject({ rate, frames: 250, ...grid });
});

test('rates above 60 are halved, variable ones get the nearest standard rate', () => {
  const fast = planVideo(probe({ rate: { num: 120, den: 1 }, frames: 1200 }), preset());
  expect(fast.grid).toMatchObject({ rate: { num: 60, den: 1 }, frames: 600 });
  const phone = planVideo(probe({ rateKind: 'variable', rate: { num: 2983, den: 100 } }), preset());
  expect(phone.grid.rate).toEqual({ num: 30_000, den: 1001 });
  expect(phone.notes.join(' ')).toMatch(/variable/);
});

test('one zero for picture and sound: the first picture, or the sound where it is more than a second earlier', () => {
  const late = planVideo(probe({ startSeconds: 1.48, endSeconds: 11.48 }, [audio({ startSeconds: 1.4 })]), preset());
  expect(late.grid).toMatchObject({ zeroSeconds: 1.48, frames: 250 });
  const held = planVideo(probe({ startSeconds: 3, endSeconds: 13 }, [audio({ startSeconds: 0 })]), preset());
  expect(held.grid).toMatchObject({ zeroSeconds: 0, frames: 325 });
});

test('sound that runs longer is kept, and the video is as long as it', () => {
  expect(planVideo(probe({}, [audio({ endSeconds: 14 })]), preset()).durationSeconds).toBe(14);
});

test('every language is a rendition with a name of its own', () => {
  const plan = planVideo(
    probe({}, [
      audio({ language: 'eng' }),
      audio({ index: 2, language: 'ger', isDefault: false }),
      audio({ index: 3, isDefault: false, channels: 1 }),
      audio({ index: 4, language: 'eng', isDefault: false, channels: 6 }),
    ]),
    preset(),
  );
  expect(plan.audio.map(({ name, language, channels }) => [name, language, channels])).toEqual([
    ['a-eng', 'en', 2],
    ['a-ger', 'de', 2],
    ['a-und', 'und', 1],
    ['a-eng-2', 'en', 2],
  ]);
  expect(plan.audio.filter(({ isDefault }) => isDefault)).toHaveLength(1);
});

const keyEvery = (seconds: number, until: number) =>
  Array.from({ length: Math.ceil(until / seconds) }, (_, n) => ({
    shownSeconds: n * seconds,
    decodedSeconds: n * seconds,
  }));
const minutes = (count: number, keyframes = keyEvery(2, count * 60)) =>
  probe({ frames: count * 1500, endSeconds: count * 60, keyframes });
const third = (source: Probe) => planVideo(source, preset()).chunks[2];
const segmentsOf = (source: Probe) =>
  planVideo(source, preset()).chunks.map(({ startFrame, endFrame }) => (endFrame - startFrame) / 150);
const leadsOf = (source: Probe) =>
  planVideo(source, preset()).chunks.map(({ startFrame, seekSeconds = 0 }) => startFrame / 25 - seekSeconds);

test('chunks are whole segments: a short first one, then long ones of about the same length', () => {
  expect(planVideo(probe(), preset()).chunks).toEqual([
    { index: 0, startFrame: 0, endFrame: 150 },
    { index: 1, startFrame: 150, endFrame: 250 },
  ]);
  expect(segmentsOf(minutes(3))).toEqual([1, 9, 10, 10]);
  expect(segmentsOf(minutes(10))).toEqual([1, 9, 10, 10, 10, 10, 10, 10, 10, 10, 10]);
});

test('decoding starts at the last key frame before the lead-in, earlier where the container has to be searched', () => {
  const [, second] = planVideo(minutes(3), preset()).chunks;
  expect(second).toEqual({ index: 1, startFrame: 150, seekSeconds: 4, endFrame: 1500 });
  expect(third(minutes(3))).toMatchObject({ startFrame: 1500, seekSeconds: 58 });
  expect(third({ ...minutes(3), container: 'mpegts' })).toMatchObject({ seekSeconds: 55 });
  expect(third({ ...minutes(3), container: 'gif' })).toBeUndefined();
});

test('a cut moves by a segment to where less is decoded in vain, but not the first one', () => {
  // 54 s are 4 s behind a key frame, 66 s are 6, and 60 s, whose lead-in lies before their own, are 10.
  expect(segmentsOf(minutes(4, keyEvery(10, 240)))).toEqual([1, 8, 10, 10, 11]);
  expect(leadsOf(minutes(4, keyEvery(10, 240)))).toEqual([0, 6, 4, 4, 4]);
});

test('where key frames are far apart, cuts are made behind them', () => {
  const sparse = minutes(10, keyEvery(120, 600));
  for (const { startFrame, seekSeconds = 0 } of planVideo(sparse, preset()).chunks) {
    expect(startFrame / 25 - seekSeconds).toBeLessThanOrEqual(30);
  }
  expect(segmentsOf(sparse).reduce((sum, each) => sum + each, 0)).toBe(100);
  expect(segmentsOf(minutes(10, keyEvery(600, 600)))).toEqual([1, 99]);
});

test('a source beyond the limits is refused with a sentence that names them', () => {
  const huge = probe({ width: 20_000, height: 20_000 });
  expect(() => planVideo(huge, preset())).toThrow(TranscodeError);
  expect(() => planVideo(huge, preset())).toThrow(/20000x20000/);
});
