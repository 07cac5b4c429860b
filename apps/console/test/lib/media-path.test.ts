import { expect, test } from 'vitest';
import { besidePlaylist, mediaPath } from '../../src/lib/media-path.ts';

test('an address becomes a path of the page’s own origin', () => {
  expect(mediaPath('https://video.example/media/abc/master.m3u8')).toBe('/media/abc/master.m3u8');
  expect(mediaPath('/media/abc/master.m3u8')).toBe('/media/abc/master.m3u8');
  expect(besidePlaylist('http://h:1/media/abc/master.m3u8', 'storyboard.vtt')).toBe('/media/abc/storyboard.vtt');
});
