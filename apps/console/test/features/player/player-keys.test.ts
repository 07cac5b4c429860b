import { expect, test } from 'vitest';
import { playerKeys } from '../../../src/features/player/player-keys.ts';

/** What the keys touch of a video element, which there is none of here. */
function player(seconds: number): { video: HTMLVideoElement; press: (key: string) => void } {
  const video = { currentTime: seconds, duration: 60, muted: false, playbackRate: 1 } as HTMLVideoElement;
  const keys = playerKeys(1 / 25, (act) => () => act(video));
  return { video, press: (key) => keys.find(({ keys: one }) => one === key)?.run() };
}

test.each([
  ['j', 20],
  ['l', 40],
  ['ArrowLeft', 25],
  ['ArrowRight', 35],
  [',', 29.96],
  ['.', 30.04],
  ['Home', 0],
  ['End', 60],
])('%s goes to %f s', (key, seconds) => {
  const { video, press } = player(30);
  press(key);
  expect(video.currentTime).toBeCloseTo(seconds);
});

test('< and > go through the speeds and stop at the last', () => {
  const { video, press } = player(0);
  press('>');
  expect(video.playbackRate).toBe(1.25);
  for (let times = 0; times < 4; times += 1) press('>');
  expect(video.playbackRate).toBe(2);
  for (let times = 0; times < 9; times += 1) press('<');
  expect(video.playbackRate).toBe(0.5);
});

test('each has words for the sheet of shortcuts', () => {
  expect(playerKeys(1, () => () => undefined).every(({ words, part }) => words !== '' && part === 'Player')).toBe(true);
});
