import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder, type TemporaryFolder } from '../../src/index.ts';
import { judgeTones } from '../../src/judge/judge-tones.ts';
import { BEEP_SECONDS } from '../../src/media/pattern.ts';
import { ffmpeg, ffprobe, make } from '../tools.ts';

const WANTED = [[500, 1100], [700]];
const ALL = [500, 700, 1100];
let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await temporaryFolder('judge-tones');
});
afterAll(() => folder.remove());

/** A channel is what its tones add up to, each by its frequency and how loud it is. */
type Channel = Readonly<Record<number, number>>;

async function judged(...channels: readonly Channel[]): Promise<string[]> {
  const joined = path.join(folder.path, `${crypto.randomUUID()}.m4a`);
  const sums = channels.map((channel) =>
    Object.entries(channel)
      .map(([frequency, volume]) => `${volume}*sin(2*PI*${frequency}*t)*lt(mod(t,1),${BEEP_SECONDS})`)
      .join('+'),
  );
  const layout = channels.length === 1 ? 'mono' : 'stereo';
  await make(joined, ['-f', 'lavfi', '-i', `aevalsrc='${sums.join('|')}':c=${layout}:s=48000:d=3`, '-c:a', 'aac']);
  return judgeTones({ ffmpeg, ffprobe }, { uri: 'sound', joined }, { wanted: WANTED, all: ALL });
}

test('has nothing to say against beeps in their channels', async () => {
  expect(await judged({ 500: 0.2, 1100: 0.2 }, { 700: 0.2 })).toEqual([]);
});

test('hears that channels are exchanged', async () => {
  const complaints = await judged({ 700: 0.2 }, { 500: 0.2, 1100: 0.2 });
  expect(complaints.join('\n')).toMatch(/channel 0 should hold 500 Hz[^]*channel 0 holds 700 Hz[^]*channel 1 should/);
});

test('hears a beep that is missing, and one that is far too quiet', async () => {
  expect(await judged({ 500: 0.2 }, { 700: 0.2 })).toEqual([expect.stringContaining('channel 0 should hold 1100 Hz')]);
  expect(await judged({ 500: 0.2, 1100: 0.2 }, { 700: 0.03 })).toEqual([
    expect.stringMatching(/^sound: channel 1 should hold 700 Hz at -30\.\d dBFS$/),
  ]);
});

test('hears a beep of another channel that is not 20 dB below', async () => {
  expect(await judged({ 500: 0.2, 1100: 0.2 }, { 700: 0.2, 500: 0.03 })).toEqual([
    expect.stringContaining('channel 1 holds 500 Hz'),
  ]);
  expect(await judged({ 500: 0.2, 1100: 0.2 }, { 700: 0.2, 500: 0.01 })).toEqual([]);
});

test('counts the channels', async () => {
  expect(await judged({ 500: 0.2, 1100: 0.2 })).toEqual(['sound: has 1 channels, expected 2']);
});
