import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { seededRandom } from '@transcode/testing/random';
import { beforeAll, expect, inject, test } from 'vitest';
import { compareSound } from '../../../src/verify/sound/compare-sound.ts';
import { judgeSound } from '../../../src/verify/sound/judge-sound.ts';
import { SAMPLE_RATE } from '../../../src/verify/sound/sound-samples.ts';
import { DRAWN_RATE, drawSounds, type DrawnSound } from './drawn-sounds.ts';

const run = promisify(execFile);
const SEED = 1;
/** Two of each kind, and a third of some. */
const COUNT = 40;
const SECONDS = 4;
/** Of silence between two sounds, so that none reaches into the next. */
const APART = 1;
const PERIOD = SECONDS + APART;

let sounds: readonly DrawnSound[];
/** All sounds one after another, as they were and as AAC at our rate leaves them. */
let source: Int16Array;
let published: Int16Array;

beforeAll(async () => {
  sounds = drawSounds(COUNT, seededRandom(SEED));
  const { ffmpeg, folder } = inject('servers');
  const [raw, encoded] = [path.join(folder, `${SEED}.raw`), path.join(folder, `${SEED}.mp4`)];
  const samples = new Int16Array(COUNT * PERIOD * DRAWN_RATE);
  for (const [position, sound] of sounds.entries())
    for (let n = 0; n < SECONDS * DRAWN_RATE; n += 1)
      samples[position * PERIOD * DRAWN_RATE + n] = Math.round(32_000 * sound.at(n / DRAWN_RATE));
  await writeFile(raw, samples);
  const pcm = ['-f', 's16le', '-ar', String(DRAWN_RATE), '-ch_layout', 'mono', '-i', raw];
  await run(ffmpeg, ['-v', 'error', '-y', ...pcm, '-c:a', 'aac', '-b:a', '64k', encoded]);
  source = await compared(ffmpeg, pcm);
  published = await compared(ffmpeg, ['-i', encoded]);
  await Promise.all([rm(raw), rm(encoded)]);
}, 180_000);

async function compared(ffmpeg: string, input: readonly string[]): Promise<Int16Array> {
  const argv = ['-v', 'error', '-nostdin', ...input, '-ac', '1', '-ar', String(SAMPLE_RATE), '-f', 's16le', 'pipe:1'];
  const { stdout } = await run(ffmpeg, argv, { encoding: 'buffer', maxBuffer: 1024 ** 3 });
  return new Int16Array(new Uint8Array(stdout).buffer);
}

/** One of the sounds, and silence where it is not yet, or no longer. */
async function* secondsOf(all: Int16Array, position: number, later = 0): AsyncGenerator<Int16Array> {
  const from = position * PERIOD * SAMPLE_RATE;
  const shifted = new Int16Array(SECONDS * SAMPLE_RATE);
  shifted.set(all.subarray(from, from + shifted.length - later), later);
  for (let second = 0; second < SECONDS; second += 1) {
    await Promise.resolve();
    yield shifted.subarray(second * SAMPLE_RATE, (second + 1) * SAMPLE_RATE);
  }
}

async function verdict(position: number, later = 0): Promise<string | undefined> {
  const [heard, original] = [secondsOf(published, position, later), secondsOf(source, position)];
  return judgeSound(await compareSound(heard, original, SECONDS));
}

test(`no good sound raises an alarm (seed ${SEED})`, { timeout: 120_000 }, async () => {
  const alarms: string[] = [];
  for (const [position, { what }] of sounds.entries()) {
    const said = await verdict(position);
    if (said !== undefined) alarms.push(`${what}: ${said}`);
  }
  expect(alarms).toEqual([]);
});

test(
  `one that comes late is found where it is like itself nowhere else (seed ${SEED})`,
  { timeout: 300_000 },
  async () => {
    const random = seededRandom(SEED + 1);
    const missed: string[] = [];
    const unique = [...sounds.entries()].filter(([, { isUnique }]) => isUnique);
    for (const [position, { what }] of unique) {
      const ms = Math.round(random.between(30, 350));
      if ((await verdict(position, (ms * SAMPLE_RATE) / 1000)) === undefined) missed.push(`${what}: ${ms} ms`);
    }
    expect(unique.length).toBeGreaterThanOrEqual(8);
    expect(missed).toEqual([]);
  },
);
