import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { changeFlvSoundTimes } from '@transcode/testing/media';
import { seededRandom } from '@transcode/testing/random';
import { expect, inject, test } from 'vitest';
import { judgeSound } from '../src/verify/sound/judge-sound.ts';
import { lavfi } from './make-source.ts';
import { soundJourney } from './sound-journey.ts';

const run = promisify(execFile);
const SEED = 1;
const random = seededRandom(SEED);
const SECONDS = 6;

/** How timestamps are spoilt: the time of a packet in milliseconds becomes another. */
const WAYS: Readonly<Record<string, (ms: number, packet: number) => number>> = {
  'jumps back now and then': (ms, packet) => (packet % 40 > 30 ? ms - random.between(1, 3000) : ms),
  'jumps forward now and then': (ms, packet) => (packet % 40 > 35 ? ms + random.between(1, 3000) : ms),
  'stands still': (ms, packet) => (packet > 20 ? 300 : ms),
  'is too slow': (ms) => ms / 2,
  'begins again': (ms) => ms % 1700,
  'says the same for many packets': (ms) => Math.floor(ms / 700) * 700,
  'runs backwards': (ms) => 6000 - ms,
  'is drawn at random': () => random.between(0, SECONDS * 1000),
  trembles: (ms) => ms + random.between(-60, 60),
};

test.each(Object.entries(WAYS))(
  `sound whose clock %s ends, and is heard (seed ${SEED})`,
  { timeout: 60_000 },
  async (way, spoil) => {
    const { ffmpeg, folder } = inject('servers');
    const file = path.join(folder, `${crypto.randomUUID()}.flv`);
    const sources = lavfi('testsrc2=s=64x36:r=25', `aevalsrc='0.4*sin(2*PI*(200*t+80*t*t))':s=44100`);
    const encoders = ['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', '-t', String(SECONDS)];
    await run(ffmpeg, ['-v', 'error', '-y', ...sources, ...encoders, file]);
    await writeFile(file, changeFlvSoundTimes(await readFile(file), spoil));
    const { probe, plan, heard, compared } = await soundJourney(file, 'flv');
    const samples = new Int16Array(new Uint8Array(heard[0] ?? Buffer.alloc(0)).buffer);
    const loud = samples.filter((sample) => Math.abs(sample) > 1000).length;
    // Of a sine of this volume nine tenths are that loud.
    expect({ enough: loud > samples.length / 2, seconds: plan.durationSeconds < 2 * SECONDS }).toEqual({
      enough: true,
      seconds: true,
    });
    // Where all times are drawn nothing tells of its start.
    const mostApart = way === 'is drawn at random' ? SECONDS : 0.15;
    expect(Math.abs(probe.audio[0]?.startSeconds ?? NaN)).toBeLessThan(mostApart);
    expect(compared.map((each) => judgeSound(each))).toEqual([undefined]);
  },
);
