import { expect, test } from 'vitest';
import { followNativeSounds, hearNativeSound } from '../../../src/features/player/native-sounds.ts';

/** Safari's list, which no browser here has. */
function safari(): { video: HTMLVideoElement; tracks: { label: string; language: string; enabled: boolean }[] } {
  const tracks = [
    { label: 'English', language: 'en', enabled: true },
    { label: '', language: 'de', enabled: false },
  ];
  const list = Object.assign(new EventTarget(), { 0: tracks[0], 1: tracks[1], length: tracks.length });
  return { video: { audioTracks: list } as unknown as HTMLVideoElement, tracks };
}

test('Safari’s sounds are named, and one of them is heard', () => {
  const { video, tracks } = safari();
  const told: unknown[] = [];
  const stop = followNativeSounds(video, (sounds, heard) => told.push([sounds.map(({ name }) => name), heard]));
  expect(told).toEqual([[['English', 'de'], 0]]);
  hearNativeSound(video, 1);
  expect(tracks.map(({ enabled }) => enabled)).toEqual([false, true]);
  stop();
});

test('a browser without such a list has nothing to choose', () => {
  const told: unknown[] = [];
  followNativeSounds({} as HTMLVideoElement, () => told.push(true));
  expect(told).toEqual([]);
});
