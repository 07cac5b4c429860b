import { TranscodeError, type Probe } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { planVideo, segmentsOf } from '../src/index.ts';
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
  expect(sizes({ width: 101, height: 57 })).toEqual([['v56', 100, 56, 145_000]]);
  expect(sizes({ width: 320, height: 180 })).toEqual([['v180', 320, 180, 145_000]]);
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
  const plan = planVideo(probe({ rate, endSeconds: (250 * rate.den) / rate.num }, []), preset());
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

test('the last picture is held to the end of sound that runs longer, but for what is no segment of its own', () => {
  const plan = planVideo(probe({}, [audio({ endSeconds: 14.01 })]), preset());
  expect(plan.durationSeconds).toBe(14.04);
  expect(plan.grid).toMatchObject({ frames: 351, pictureFrames: 250 });
  expect(plan.notes.join(' ')).toMatch(/4.01 s longer than the picture, whose last frame is held/);
  const silent = planVideo(probe({ startSeconds: -12, endSeconds: -2 }, []), preset());
  expect([silent.grid.frames, silent.grid.pictureFrames]).toEqual([250, undefined]);
  const { grid } = planVideo(probe({}, [audio({ endSeconds: 10.4 })]), preset());
  expect([grid.frames, grid.pictureFrames]).toEqual([250, undefined]);
});

test('less than a picture a second is published at a multiple of it', () => {
  const slides = planVideo(probe({ rate: { num: 1, den: 15 }, endSeconds: 30 }, []), preset());
  expect(slides.grid).toMatchObject({ rate: { num: 1, den: 1 }, frames: 30, gopFrames: 2 });
});

/** The last frame of so many at 30 a second, and how many segments there are. */
const planned = (frames: number) => {
  const rate = { num: 30, den: 1 };
  const { chunks, grid } = planVideo(probe({ rate, frames, endSeconds: frames / 30 }, []), preset());
  const counted = chunks.map(({ startFrame, endFrame }) => segmentsOf(endFrame - startFrame, grid));
  return [chunks.at(-1)?.endFrame, counted.reduce((sum, count) => sum + count, 0)];
};

test('a slide show ends with its last picture, however short that is', () => {
  const slides = { rate: { num: 1, den: 10 }, frames: 6, lastSeconds: 50 };
  const short = planVideo(probe({ ...slides, endSeconds: 50.04 }, []), preset());
  expect(short.grid).toMatchObject({ rate: { num: 1, den: 1 }, frames: 51 });
  const whole = planVideo(probe({ ...slides, endSeconds: 60 }, []), preset());
  expect(whole.grid).toMatchObject({ rate: { num: 1, den: 1 }, frames: 60 });
  // It stands in for the places that it fills itself.
  expect(whole.referenceFilter).toContain('tpad=stop_mode=clone:stop=10,');
});

test.each([1, 5])('a rest of fewer frames than 0.45 s belongs to segment %i', (segments) => {
  for (const more of [-2, -1, 0, 1, 2, 13]) {
    expect(planned(segments * 180 + more)).toEqual([segments * 180 + more, segments]);
  }
  expect(planned(segments * 180 + 14)).toEqual([segments * 180 + 14, segments + 1]);
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
const lengthsOf = (source: Probe) =>
  planVideo(source, preset()).chunks.map(({ startFrame, endFrame }) => (endFrame - startFrame) / 150);
const leadsOf = (source: Probe) =>
  planVideo(source, preset()).chunks.map(({ startFrame, seekSeconds = 0 }) => startFrame / 25 - seekSeconds);

test('chunks are whole segments: a short first one, then long ones of about the same length', () => {
  expect(planVideo(probe(), preset()).chunks).toEqual([
    { index: 0, startFrame: 0, endFrame: 150 },
    { index: 1, startFrame: 150, endFrame: 250 },
  ]);
  expect(lengthsOf(minutes(3))).toEqual([1, 9, 10, 10]);
  expect(lengthsOf(minutes(10))).toEqual([1, 9, 10, 10, 10, 10, 10, 10, 10, 10, 10]);
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
  expect(lengthsOf(minutes(4, keyEvery(10, 240)))).toEqual([1, 8, 10, 10, 11]);
  expect(leadsOf(minutes(4, keyEvery(10, 240)))).toEqual([0, 6, 4, 4, 4]);
});

test('where key frames are far apart, cuts are made behind them', () => {
  const sparse = minutes(10, keyEvery(120, 600));
  for (const { startFrame, seekSeconds = 0 } of planVideo(sparse, preset()).chunks) {
    expect(startFrame / 25 - seekSeconds).toBeLessThanOrEqual(30);
  }
  expect(lengthsOf(sparse).reduce((sum, each) => sum + each, 0)).toBe(100);
  expect(lengthsOf(minutes(10, keyEvery(600, 600)))).toEqual([1, 99]);
});

test('a source beyond the limits is refused with a sentence that names them', () => {
  const huge = probe({ width: 20_000, height: 20_000 });
  expect(() => planVideo(huge, preset())).toThrow(TranscodeError);
  expect(() => planVideo(huge, preset())).toThrow(/20000x20000/);
});

const notesOf = (picture: Parameters<typeof probe>[0]) => planVideo(probe(picture), preset()).notes.join('\n');

test('what is taken for what a source does not say of its colours, or cannot mean, is told', () => {
  expect(notesOf({ dynamicRange: 'hlg', colour: { transfer: 'arib-std-b67' } })).toContain(
    'The source does not say its primaries and matrix; bt2020 and bt2020nc are taken.',
  );
  expect(notesOf({ colour: { matrix: 'gbr' } })).toContain(
    'The source says matrix gbr, which does not go with its picture; bt709 is taken instead.',
  );
  expect(notesOf({ colour: {} })).not.toMatch(/taken/);
  expect(notesOf({ pixelFormat: 'gbrp', colour: { matrix: 'bt709' } })).not.toMatch(/taken/);
});

test('a change of shape is told', () => {
  const sampleAspect = { num: 1, den: 1 };
  const shapes = [
    { fromSeconds: 0, width: 640, height: 360, sampleAspect },
    { fromSeconds: 4, width: 1280, height: 720, sampleAspect },
  ];
  expect(notesOf({ width: 640, height: 360, displayWidth: 1280, displayHeight: 720, shapes })).toContain(
    'The picture changes its size or shape in the middle; every part is shown whole within 1280x720',
  );
});
