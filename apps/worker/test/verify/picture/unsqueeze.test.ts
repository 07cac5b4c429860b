import { expect, test } from 'vitest';
import { THUMBNAIL } from '../../../src/verify/picture/thumbnails.ts';
import { SQUEEZED, SQUEEZED_BYTES, unsqueezer } from '../../../src/verify/picture/unsqueeze.ts';

const FRAME = 16 / 9;

/** A white picture, its left half grey, without colour. */
function picture(): Buffer {
  const made = Buffer.alloc(SQUEEZED_BYTES, 128);
  const { width, height } = SQUEEZED;
  for (let at = 0; at < width * height; at += 1) made[at] = at % width < width / 2 ? 100 : 200;
  return made;
}

/** Luma of the middle row. */
function row(thumbnail: Buffer, y = THUMBNAIL.height / 2): number[] {
  return [...thumbnail.subarray(y * THUMBNAIL.width, (y + 1) * THUMBNAIL.width)];
}

test('a picture of the frame’s own shape fills it', () => {
  const whole = row(unsqueezer({ picture: FRAME, frame: FRAME })(picture()));
  expect(whole).toEqual([...Array<number>(16).fill(100), ...Array<number>(16).fill(200)]);
});

test('a narrow one has black bars at its sides, and a share of them where it ends within a sample', () => {
  // 17 of 32 columns: 7.5 are black on each side.
  const narrow = unsqueezer({ picture: (FRAME * 17) / 32, frame: FRAME })(picture());
  expect(row(narrow)).toEqual([
    ...Array<number>(7).fill(16),
    58,
    ...Array<number>(8).fill(100),
    ...Array<number>(8).fill(200),
    108,
    ...Array<number>(7).fill(16),
  ]);
  expect(new Set(narrow.subarray(THUMBNAIL.width * THUMBNAIL.height))).toEqual(new Set([128]));
});

test('a wide one has them above and below', () => {
  const wide = unsqueezer({ picture: FRAME * 2, frame: FRAME })(picture());
  expect(row(wide, 3)).toEqual(Array<number>(32).fill(16));
  expect(row(wide, 5)).toEqual(row(wide));
  expect(row(wide, 14)).toEqual(Array<number>(32).fill(16));
});
