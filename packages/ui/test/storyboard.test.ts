import { expect, test } from 'vitest';
import { frameAt, parseStoryboard } from '../src/storyboard.ts';

const VTT = `WEBVTT

00:00:00.000 --> 00:00:02.000
storyboard-0.jpg#xywh=0,0,160,90

00:00:02.000 --> 00:00:04.500
storyboard-0.jpg#xywh=160,0,160,90

NOTE a comment
is skipped

01:00:04.500 --> 01:00:06.000
/elsewhere/s-1.jpg#xywh=0,0,160,90
`;

test('reads times, pictures and addresses', () => {
  const frames = parseStoryboard(VTT, '/media/grant/storyboard.vtt');
  expect(frames).toHaveLength(3);
  expect(frames[1]).toEqual({
    start: 2,
    end: 4.5,
    url: '/media/grant/storyboard-0.jpg',
    x: 160,
    y: 0,
    width: 160,
    height: 90,
  });
  expect(frames[2]).toMatchObject({ start: 3604.5, url: '/elsewhere/s-1.jpg' });
});

test('finds the picture of a time', () => {
  const frames = parseStoryboard(VTT, '/m/storyboard.vtt');
  expect(frameAt(frames, 1.9)?.x).toBe(0);
  expect(frameAt(frames, 3)?.x).toBe(160);
  expect(frameAt(frames, 9999)?.start).toBe(3604.5);
  expect(frameAt([], 1)).toBeUndefined();
});
