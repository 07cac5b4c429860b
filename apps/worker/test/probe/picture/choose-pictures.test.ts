import { expect, test } from 'vitest';
import { choosePictures } from '../../../src/probe/picture/choose-pictures.ts';
import type { DescribedStream } from '../../../src/probe/described.ts';

const stream = (index: number, changes: Partial<DescribedStream> = {}): DescribedStream => ({
  ...{ index, codec_type: 'video', width: 320, height: 180, time_base: '1/90000' },
  ...changes,
});
const cover = { width: 1500, height: 2100, disposition: { default: 1 } };

/** Streams with so many frames each. */
function chosen(...pictures: readonly (readonly [number, Partial<DescribedStream>])[]): number[] {
  const packets = new Map(
    pictures.map(([frames], index) => [
      index,
      {
        ...{ pts: Array.from({ length: frames }, (_, n) => n), dts: [], keys: [0] },
        ...{ latest: frames, lastDuration: 1, durations: frames, corrupt: 0 },
      },
    ]),
  );
  return choosePictures(
    pictures.map(([, changes], index) => stream(index, changes)),
    packets,
  ).map(({ index }) => index);
}

test('a picture that stands alone is no film beside one, however large, and whatever its flags', () => {
  expect(chosen([1, cover], [100, {}])).toEqual([1]);
  expect(chosen([2, cover], [100, {}])).toEqual([1]);
  expect(chosen([1, {}], [100, { disposition: { attached_pic: 1 } }])).toEqual([1]);
});

test('of films the default one comes first, then the largest', () => {
  expect(chosen([100, {}], [90, { disposition: { default: 1 } }], [100, { width: 640 }])).toEqual([1, 2, 0]);
  expect(chosen([100, { disposition: { timed_thumbnails: 1 } }], [60, {}])).toEqual([1]);
});

test('one picture is a film where there is nothing else, unless it is called a cover', () => {
  expect(chosen([1, {}])).toEqual([0]);
  expect(() => chosen([1, { disposition: { attached_pic: 1 } }])).toThrow(/no video/);
  expect(() => chosen([0, {}])).toThrow(/no frames/);
});
