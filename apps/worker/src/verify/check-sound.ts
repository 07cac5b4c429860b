import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Plan } from '@transcode/contracts';
import { toNumber } from '@transcode/planner';
import { outputPipe, PROGRESS_PIPE, runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import { asVerifyFailure } from './as-verify-failure.ts';
import { checkedBytes, noTotals, type SegmentCheck } from './check-segments.ts';
import { compareSound } from './compare-sound.ts';
import { decodeArgv } from './decode-argv.ts';
import { judgeSound } from './judge-sound.ts';
import type { ListedTrack } from './read-playlists.ts';
import { SAMPLE_RATE, soundSeconds } from './sound-samples.ts';
import type { VerifyContext } from './verify-context.ts';
import { verifyFailed } from './verify-failed.ts';

/** Sound may end this much earlier than it should (a part of an AAC frame), in seconds. */
const SHORT_SECONDS = 0.05;
/** Containers round what they say of a stream's end, in seconds. */
const LONG_SECONDS = 1;

export interface SoundCheck extends SegmentCheck {
  readonly plan: Plan;
  /** Samples of the source, as a raw file. */
  readonly reference: string;
}

/** Decodes a whole sound rendition, checks its length, and compares all of it with the source. */
export async function checkSound(
  context: VerifyContext,
  track: ListedTrack,
  { plan, reference, ...check }: SoundCheck,
): Promise<{ compared: number }> {
  const { rendition } = track;
  const totals = noTotals();
  let samples = 0;
  const count = (more: number): void => {
    samples += more;
  };
  const { value: compared } = await runFfmpeg({
    ffmpeg: context.tools.ffmpeg,
    argv: [
      ...decodeArgv(PROGRESS_PIPE),
      ...['-map', '0:a:0', '-ac', '1', '-ar', String(SAMPLE_RATE), '-f', 's16le', outputPipe(0)],
    ],
    outputs: 1,
    inputs: [Readable.from(checkedBytes(track, { ...check, totals }), { objectMode: false })],
    cwd: context.scratch,
    signal: context.signal,
    consume: ([output]) =>
      compareSound(
        soundSeconds(output ?? Readable.from([]), count),
        soundSeconds(createReadStream(reference)),
        plan.durationSeconds,
      ),
  }).catch((error: unknown) => {
    throw asVerifyFailure(error, rendition);
  });

  const planned = plan.audio.find(({ name }) => name === rendition);
  const seconds = totals.ticks / (planned?.sampleRate ?? Number.NaN);
  const decoded = samples / SAMPLE_RATE;
  if (!(Math.abs(decoded - seconds) <= SHORT_SECONDS))
    throw verifyFailed(`${decoded.toFixed(3)} s of ${rendition} can be decoded, not ${seconds.toFixed(3)} s`);
  const sourceSeconds = (await stat(reference)).size / 2 / SAMPLE_RATE;
  const least = Math.max(plan.grid.frames / toNumber(plan.grid.rate), sourceSeconds);
  if (seconds < least - SHORT_SECONDS || seconds > least + LONG_SECONDS)
    throw verifyFailed(`${rendition} lasts ${seconds.toFixed(3)} s, and should last ${least.toFixed(3)} s`);
  const wrong = judgeSound(compared);
  if (wrong !== undefined) throw verifyFailed(`${rendition}: ${wrong}`);
  return { compared: compared.seconds.length };
}
