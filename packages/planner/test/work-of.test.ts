import { expect, test } from 'vitest';
import { planVideo, workOf } from '../src/index.ts';
import { audio, preset, probe } from './sources.ts';

const keyframes = Array.from({ length: 303 }, (_, n) => ({ shownSeconds: 2 * n, decodedSeconds: 2 * n }));
const picture = { endSeconds: 606, keyframes };
const long = planVideo(probe(picture, [audio()]), preset());

test('a task is as much as the pictures that it is about', () => {
  const [first = 0, second = 0] = [0, 1].map((index) => workOf(long, { stage: 'encode', index }));
  // The first chunk is a tenth of the others.
  expect(second / first).toBeGreaterThan(8);
  expect(second / first).toBeLessThan(10);
  const checks = [1, 2].map((index) => workOf(long, { stage: 'verify', index }));
  expect((checks[1] ?? 0) / (checks[0] ?? 0)).toBeGreaterThan(7);
});

test('a slower preset and a larger picture are more, and measuring never more than its share', () => {
  const small = planVideo(probe({ ...picture, width: 640, height: 360 }, [audio()]), preset());
  const encode = { stage: 'encode', index: 1 } as const;
  expect(workOf(long, encode) / workOf(small, encode)).toBeGreaterThan(6);
  const slow = planVideo(probe(picture, [audio()]), { ...preset(), speed: 'slow' });
  const fast = planVideo(probe(picture, [audio()]), { ...preset(), speed: 'veryfast' });
  expect(workOf(slow, encode)).toBeGreaterThan(2 * workOf(fast, encode));
  const all = slow.chunks.reduce((sum, { index }) => sum + workOf(slow, { stage: 'encode', index }), 0);
  expect(workOf(slow, { stage: 'measure', index: 0 })).toBeLessThan(all / 3);
});

test('sound is by its length and its streams', () => {
  const two = planVideo(probe(picture, [audio(), audio({ index: 2 })]), preset());
  const task = { stage: 'audio', index: 0 } as const;
  expect(workOf(two, task)).toBeGreaterThan(1.8 * workOf(long, task));
});
