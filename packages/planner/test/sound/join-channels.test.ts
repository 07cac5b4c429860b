import type { AudioStream } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { planVideo } from '../../src/index.ts';
import { audio, preset, probe } from '../sources.ts';

const mono = (changes: Partial<AudioStream> = {}): AudioStream =>
  audio({ codec: 'pcm_s24le', channels: 1, layout: 'mono', ...changes });

/** The streams that each rendition is made of, and how it joins them. */
function made(streams: readonly AudioStream[]): (string | number)[][] {
  const numbered = streams.map((stream, position) => ({ ...stream, index: position + 1, isDefault: position === 0 }));
  return planVideo(probe({}, numbered), preset()).audio.map(({ streamIndex, furtherStreams, joinFilter }) => [
    ...(joinFilter === undefined ? [] : [/channel_layout=([^,]+)/.exec(joinFilter)?.[1] ?? '']),
    ...[streamIndex, ...furtherStreams],
  ]);
}

const times = (count: number, changes: Partial<AudioStream> = {}): AudioStream[] =>
  Array.from({ length: count }, () => mono(changes));
const named = (...channels: readonly string[]): AudioStream[] =>
  channels.map((channel) => mono({ layout: channel === 'FC' ? 'mono' : `1 channels (${channel})` }));

test('streams of one channel without names are joined in the order in which broadcasters deliver them', () => {
  const surround = '5.1(side):map=0.0-FL|1.0-FR|2.0-FC|3.0-LFE|4.0-SL|5.0-SR';
  const stereo = 'stereo:map=0.0-FL|1.0-FR';
  expect(made(times(1))).toEqual([[1]]);
  expect(made(times(2))).toEqual([[stereo, 1, 2]]);
  expect(made(times(3))).toEqual([[1], [2], [3]]);
  expect(made(times(4))).toEqual([
    [stereo, 1, 2],
    [stereo, 3, 4],
  ]);
  expect(made(times(6))).toEqual([[surround, 1, 2, 3, 4, 5, 6]]);
  expect(made(times(8))).toEqual([
    [surround, 1, 2, 3, 4, 5, 6],
    [stereo, 7, 8],
  ]);
  expect(made(times(16))).toHaveLength(8);
});

test('channels that the file names are where it says, in any order', () => {
  expect(made(named('FR', 'FL'))).toEqual([['stereo:map=0.0-FR|1.0-FL', 1, 2]]);
  expect(made(named('FL', 'FR', 'FL', 'FR')).map(([, ...streams]) => streams)).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(
    made(named('FC', 'LFE', 'BL', 'BR', 'FL', 'FR', 'DL', 'DR')).map(([layout]) => String(layout).split(':')[0]),
  ).toEqual(['5.1', 'downmix']);
  expect(made(named('FL', 'LFE'))).toEqual([[1], [2]]);
  // Names that are the same for all say nothing.
  expect(made(named('FL', 'FL'))).toEqual([['stereo:map=0.0-FL|1.0-FR', 1, 2]]);
});

const pair = (one: number): [string, number, number] => ['stereo:map=0.0-FL|1.0-FR', one, one + 1];
const monos = (count: number): string[] => Array.from({ length: count }, () => 'FC');
/** Of each rendition the layout that is joined, or the stream that stays alone. */
const layouts = (...channels: readonly string[]): (string | number | undefined)[] =>
  made(named(...channels)).map(([layout]) => (typeof layout === 'string' ? layout.split(':')[0] : layout));

test('what has no name beside a front pair is a sound of its own', () => {
  expect(made(named('FL', 'FR', 'FC'))).toEqual([pair(1), [3]]);
  expect(made(named('FC', 'FL', 'FR'))).toEqual([[1], pair(2)]);
  expect(made(named('FL', 'FC', 'FR'))).toEqual([['stereo:map=0.0-FL|1.0-FR', 1, 3], [2]]);
  expect(made(named('FL', 'FR', 'FC', 'FL', 'FR', 'FC'))).toEqual([pair(1), [3], pair(4), [6]]);
});

test('what has no name and lies together is joined in its order, beside what has', () => {
  expect(layouts('FL', 'FR', ...monos(2))).toEqual(['stereo', 'stereo']);
  expect(layouts(...monos(2), 'FL', 'FR')).toEqual(['stereo', 'stereo']);
  expect(layouts('FL', 'FR', ...monos(3))).toEqual(['stereo', 3, 4, 5]);
  expect(layouts('FL', 'FR', ...monos(6))).toEqual(['stereo', '5.1(side)']);
  expect(layouts('FL', 'FR', 'FC', 'LFE', 'SL', 'SR', ...monos(2))).toEqual(['5.1(side)', 'stereo']);
  expect(layouts('FL', 'FR', 'FC', 'LFE', 'SL', 'SR', 'FC')).toEqual(['5.1(side)', 7]);
  expect(layouts('FL', 'FR', 'FC', 'LFE')).toEqual(['3.1']);
  // What is named and makes no sense leaves the others what they are.
  expect(layouts('FL', 'FR', 'FL', 'LFE')).toEqual(['stereo', 3, 4]);
});

test.each<[string, Partial<AudioStream>]>([
  ['language', { language: 'ger' }],
  ['title', { title: 'Commentary' }],
  ['codec', { codec: 'aac' }],
  ['rate', { sampleRate: 44_100 }],
  ['start', { startSeconds: 2 }],
  ['length', { endSeconds: 8 }],
  ['number of channels', { channels: 2, layout: 'stereo' }],
  ['clock', { isCounted: true }],
])('streams of another %s stay what they are', (_, changes) => {
  expect(made([mono(), mono(changes)])).toEqual([[1], [2]]);
});

test('what is joined is mixed down as other sound of so many channels is, and said', () => {
  const streams = times(6, { language: 'eng' }).map((stream, position) => ({ ...stream, index: position + 1 }));
  const { audio: renditions, notes } = planVideo(probe({}, streams), preset());
  expect(renditions).toMatchObject([{ name: 'a-eng', language: 'en', channels: 2, bitRate: 128_000, isDefault: true }]);
  expect(notes).toContain(
    'Streams 1 (FL), 2 (FR), 3 (FC), 4 (LFE), 5 (SL), 6 (SR) are the channels of one sound, and are joined to 5.1(side) and mixed down to stereo.',
  );
});
