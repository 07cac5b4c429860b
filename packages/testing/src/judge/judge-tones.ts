import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { BEEP_SECONDS } from '../media/pattern.ts';
import { streamFacts, type JudgeTools } from './tools.ts';

const SAMPLE_RATE = 48_000;
/** In a beep, in dB below a sine of full scale: theirs is half of that, and mixing takes no more than 11 dB. */
const LEAST_LEVEL = -24;
/** A tone that is not to be heard is so much below each that is, in dB. */
const APART = 20;
const run = promisify(execFile);

/** What is wrong with the beeps in the channels of one rendition: `wanted` of each channel are to be heard, and no others of `all`. */
export async function judgeTones(
  { ffmpeg, ffprobe }: Pick<JudgeTools, 'ffmpeg' | 'ffprobe'>,
  { uri, joined }: { uri: string; joined: string },
  { wanted, all }: { wanted: readonly (readonly number[])[]; all: readonly number[] },
): Promise<string[]> {
  const [facts] = await streamFacts(ffprobe, joined);
  const channels = wanted.length;
  if (facts?.channels !== channels) return [`${uri}: has ${facts?.channels} channels, expected ${channels}`];
  const { stdout } = await run(
    ffmpeg,
    ['-v', 'error', '-nostdin', '-i', joined, '-map', '0:a', '-ar', String(SAMPLE_RATE), '-f', 'f32le', 'pipe:1'],
    { encoding: 'buffer', maxBuffer: 1024 ** 3 },
  );
  const samples = new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.byteLength));
  return wanted.flatMap((tones, channel) => {
    const own = samples.filter((_, index) => index % channels === channel);
    const heard = tones.map((tone) => ({ tone, level: level(own, tone) }));
    const quietest = Math.max(LEAST_LEVEL, Math.min(...heard.map((each) => each.level)));
    const missing = heard.filter((each) => !(each.level >= LEAST_LEVEL));
    const strays = all
      .filter((tone) => !tones.includes(tone))
      .map((tone) => ({ tone, level: level(own, tone) }))
      .filter((each) => !(each.level <= quietest - APART));
    return [
      ...missing.map((each) => `${uri}: channel ${channel} should hold ${said(each)}`),
      ...strays.map((each) => `${uri}: channel ${channel} holds ${said(each)} beside ${tones.join()} Hz`),
    ];
  });
}

/** How loud a tone is while it beeps, in dB below full scale. */
function level(samples: Float32Array, frequency: number): number {
  let [real, imaginary] = [0, 0];
  const step = (2 * Math.PI * frequency) / SAMPLE_RATE;
  samples.forEach((sample, index) => {
    real += sample * Math.cos(step * index);
    imaginary += sample * Math.sin(step * index);
  });
  return 20 * Math.log10((2 * Math.hypot(real, imaginary)) / (samples.length * BEEP_SECONDS));
}

function said({ tone, level: decibels }: { tone: number; level: number }): string {
  return `${tone} Hz at ${decibels.toFixed(1)} dBFS`;
}
