import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Plan } from '@transcode/contracts';
import { referenceSoundArgv, toNumber } from '@transcode/planner';
import { outputPipe, PROGRESS_PIPE, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import type { PublishedReader } from '../published/published-reader.ts';
import type { StageContext } from '../task-context.ts';
import { asVerifyFailure } from './check-picture.ts';
import { checkedBytes, type CheckedTotals, type CommittedHashes } from './check-segments.ts';
import { decodeArgv } from './decode-argv.ts';
import type { ListedTrack } from './read-playlists.ts';
import { soundOffset } from './sound-offset.ts';
import { pickSoundWindows, type SoundWindow } from './sound-windows.ts';
import { verifyFailed } from './verify-failed.ts';

const SAMPLE_RATE = 8_000;
const WINDOW_SECONDS = 4;
const REGIONS = 5;
/** The most that picture and sound may be apart beyond what they are in the source, in milliseconds. */
const MOST_OFFSET_MS = 20;
/** Sound may end this much before the picture (a part of an AAC frame), in seconds. */
const SHORT_SECONDS = 0.05;
/** Containers round what they say of a stream's end, in seconds. */
const LONG_SECONDS = 1;

/** Decodes a whole sound rendition, checks its length, and compares where its events are with the source. */
export async function checkSound(
  context: StageContext,
  track: ListedTrack,
  { reader, plan, hashes }: { reader: PublishedReader; plan: Plan; hashes: CommittedHashes },
): Promise<{ compared: number }> {
  const totals: CheckedTotals = { frames: 0, ticks: 0, timescale: 1 };
  const { value } = await runFfmpeg({
    ffmpeg: context.tools.ffmpeg,
    argv: [
      ...decodeArgv(PROGRESS_PIPE),
      ...['-map', '0:a:0', '-ac', '1', '-ar', String(SAMPLE_RATE), '-f', 's16le', outputPipe(0)],
    ],
    outputs: 1,
    inputs: [Readable.from(checkedBytes(reader, track, { hashes, totals }), { objectMode: false })],
    cwd: context.scratch,
    signal: context.signal,
    consume: async ([output]) => {
      const options = { sampleRate: SAMPLE_RATE, seconds: plan.durationSeconds, windowSeconds: WINDOW_SECONDS };
      return pickSoundWindows(output ?? Readable.from([]), { ...options, regions: REGIONS });
    },
  }).catch((error: unknown) => {
    throw asVerifyFailure(error, track.rendition);
  });

  const seconds = totals.ticks / totals.timescale;
  const decoded = value.samples / SAMPLE_RATE;
  const pictureSeconds = plan.grid.frames / toNumber(plan.grid.rate);
  if (Math.abs(decoded - seconds) > SHORT_SECONDS) {
    throw verifyFailed(`${decoded.toFixed(3)} s of ${track.rendition} can be decoded, not ${seconds.toFixed(3)} s`);
  }
  if (seconds < pictureSeconds - SHORT_SECONDS || seconds > plan.durationSeconds + LONG_SECONDS) {
    const planned = plan.durationSeconds.toFixed(3);
    throw verifyFailed(`${track.rendition} lasts ${seconds.toFixed(3)} s, planned were ${planned} s`);
  }
  return { compared: await compareWithSource(context, plan, track.rendition, value.windows) };
}

/** Answers how many windows said something. */
async function compareWithSource(
  context: StageContext,
  plan: Plan,
  rendition: string,
  windows: readonly SoundWindow[],
): Promise<number> {
  const offsets: number[] = [];
  for (const window of windows) {
    const wanted = await sourceSound(context, plan, rendition, window);
    const offset = soundOffset(wanted, window.samples, SAMPLE_RATE);
    if (offset !== undefined) offsets.push(offset.milliseconds);
  }
  const median = offsets.toSorted((a, b) => a - b)[Math.floor(offsets.length / 2)];
  if (median !== undefined && Math.abs(median) > MOST_OFFSET_MS) {
    const way = median > 0 ? 'late' : 'early';
    throw verifyFailed(`the sound of ${rendition} is ${Math.abs(median)} ms ${way} against the source`);
  }
  return offsets.length;
}

async function sourceSound(
  context: StageContext,
  plan: Plan,
  rendition: string,
  { startSeconds, samples }: SoundWindow,
): Promise<Int16Array> {
  const { input: source, protocols } = await context.source();
  const { value } = await runFfmpeg({
    ffmpeg: context.tools.ffmpeg,
    argv: referenceSoundArgv(
      plan,
      rendition,
      { startSeconds, seconds: samples.length / SAMPLE_RATE, sampleRate: SAMPLE_RATE },
      { source, protocols, output: outputPipe(0), progress: PROGRESS_PIPE },
    ),
    outputs: 1,
    source,
    cwd: context.scratch,
    signal: context.signal,
    consume: ([output]) => (output === undefined ? Promise.resolve(Buffer.alloc(0)) : buffer(output)),
  });
  return new Int16Array(new Uint8Array(value).buffer, 0, Math.floor(value.length / 2));
}
