import type { StoryFrame } from '@transcode/ui';
import { expect, test } from 'vitest';
import { frameBeside } from '../../../src/features/videos/use-scrub.ts';

const frames: StoryFrame[] = [0, 4, 8].map((start) => ({
  ...{ start, end: start + 4, url: 'sheet.jpg', x: 0, y: 0, width: 160, height: 90 },
}));

test.each([
  [undefined, 1, 0],
  [0, 1, 4],
  [5.5, 1, 8],
  [8, 1, 8],
  [5.5, -1, 0],
  [0, -1, 0],
])('from %s s by %i to %i s', (seconds, by, wanted) => {
  expect(frameBeside(frames, seconds, by)).toBe(wanted);
});
