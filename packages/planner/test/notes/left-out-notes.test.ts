import type { LeftOutStream, Probe } from '@transcode/contracts';
import { describe, expect, test } from 'vitest';
import { leftOutNotes } from '../../src/notes/left-out-notes.ts';
import { video } from '../sources.ts';

const notes = (changes: Partial<Pick<Probe, 'subtitles' | 'leftOut'>>): string[] =>
  leftOutNotes({ subtitles: [], video: video(), ...changes });
const sound = (index: number, why: string): LeftOutStream => ({ index, kind: 'sound', codec: 'mp2', why });
const font = (index: number, codec = 'ttf'): LeftOutStream => ({ index, kind: 'attachment', codec });

describe('what a source holds and its video does not is told', () => {
  test('with the number of the stream, what it is, its language and its title', () => {
    expect(notes({ subtitles: [{ index: 3, codec: 'subrip', language: 'eng' }] })).toEqual([
      'Subtitles in stream 3 (SubRip, English) are not published.',
    ]);
    expect(notes({ subtitles: [{ index: 4, codec: 'hdmv_pgs_subtitle', language: 'und', title: 'Signs' }] })).toEqual([
      'Subtitles in stream 4 (Blu-ray PGS, "Signs") are not published.',
    ]);
  });

  test.each([
    [
      { index: 2, kind: 'picture', codec: 'h264' },
      'The picture in stream 2 (H.264) is left out: that of stream 0 is published.',
    ],
    [
      { index: 2, kind: 'cover', codec: 'mjpeg', title: 'cover.jpg' },
      'The cover picture in stream 2 (JPEG, "cover.jpg") is not published.',
    ],
    [
      { index: 18, kind: 'sound', codec: 'aac', language: 'fra', why: 'a video has at most 16 sounds' },
      'The sound in stream 18 (AAC, French) is left out: a video has at most 16 sounds.',
    ],
    [{ index: 2, kind: 'data', codec: 'tmcd' }, 'The data in stream 2 (time code) are not published.'],
    [{ index: 2, kind: 'data', codec: 'smpte_436m' }, 'The data in stream 2 (smpte_436m) are not published.'],
  ] satisfies [LeftOutStream, string][])('%o', (stream, sentence) => {
    expect(notes({ leftOut: [stream] })).toEqual([sentence]);
  });

  test('many of a kind in one sentence', () => {
    const fonts = [font(2), font(3), font(4, 'otf'), font(7)];
    expect(notes({ leftOut: fonts })).toEqual([
      '4 attached files in streams 2 to 4 and 7 (TrueType font and OpenType font) are not published.',
    ]);
    const languages = ['eng', 'ger', 'fra', 'spa', 'ita', 'jpn'];
    const subtitles = languages.map((language, place) => ({ index: place + 2, codec: 'subrip', language }));
    expect(notes({ subtitles })).toEqual([
      '6 subtitles in streams 2 to 7 (SubRip; English, German, French and 3 more) are not published.',
    ]);
  });

  test('those left out for another reason apart', () => {
    expect(notes({ leftOut: [sound(1, 'it is empty'), sound(2, 'it is protected')] })).toHaveLength(2);
  });

  test('nothing of a probe that did not look for it', () => {
    expect(notes({})).toEqual([]);
  });
});
