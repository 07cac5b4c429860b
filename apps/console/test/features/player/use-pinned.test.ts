import { expect, test } from 'vitest';
import { nextPin } from '../../../src/features/player/use-pinned.ts';

const first = { url: '/media/first/master.m3u8', key: 'video job' };

test('what plays goes on with the address it was loaded by', () => {
  expect(nextPin(first, { ...first, url: '/media/second/master.m3u8' })).toBe(first);
});

test('a job that failed after it could be played leaves no player', () => {
  const failed = nextPin(first, { ...first, url: null });
  expect(failed.url).toBeNull();
  expect(nextPin(failed, { ...first, url: '/media/third/master.m3u8' }).url).toBe('/media/third/master.m3u8');
});

test('another job has another address', () => {
  expect(nextPin(first, { url: '/media/next/master.m3u8', key: 'video retried' }).url).toContain('next');
});
