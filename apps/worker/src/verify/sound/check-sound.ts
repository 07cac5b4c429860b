import { Readable } from 'node:stream';
import { AAC_FRAME_SAMPLES, type Plan } from '@transcode/contracts';
import { toNumber } from '@transcode/planner';
import { outputPipe, PROGRESS_PIPE, runFfmpeg } from '../../ffmpeg/run-ffmpeg.ts';
import { asVerifyFailure } from '../as-verify-failure.ts';
import { checkedBytes, totalsFrom, type SegmentCheck } from '../check-segments.ts';
import { compareSound } from './compare-sound.ts';
import { decodeArgv } from '../decode-argv.ts';
import { judgeSound } from './judge-sound.ts';
import type { ListedTrack } from '../read-playlists.ts';
import { SAMPLE_RATE, SampleCount, soundSeconds } from './sound-samples.ts';
import type { VerifyContext } from '../verify-context.ts';
import { verifyFailed } from '../verify-failed.ts';

/** Sound may end this much earlier than it should (a part of an AAC frame), in seconds. */
const SHORT_SECONDS = 0.05;
/** Containers round what they say of a stream's end, in seconds. */
const LONG_SECONDS = 1;

export interface SoundCheck extends Omit<SegmentCheck, 'sampleTicks'> {
  readonly plan: Plan;
  /** Raw samples of the source. */
  readonly source: Readable;
}

/** Decodes a whole sound rendition, checks its length, and compares all of it with the source. */
export async function checkSound(
  context: VerifyContext,
  track: ListedTrack,
  { plan, source, ...check }: SoundCheck,
): Promise<{ compared: number }> {
  const { rendition } = track;
  const totals = totalsFrom(0);
  const [published, original] = [new SampleCount(), new SampleCount()];
  const originals = soundSeconds(source, original);
  const { value: compared } = await runFfmpeg({
    ffmpeg: context.tools.ffmpeg,
    argv: [
      ...decodeArgv(PROGRESS_PIPE),
      ...['-map', '0:a:0', '-ac', '1', '-ar', String(SAMPLE_RATE), '-f', 's16le', outputPipe(0)],
    ],
    outputs: 1,
    inputs: [
      Readable.from(checkedBytes(track, { ...check, totals, sampleTicks: AAC_FRAME_SAMPLES }), { objectMode: false }),
    ],
    mediaSeconds: plan.durationSeconds,
    cwd: context.scratch,
    signal: context.signal,
    consume: ([output]) =>
      compareSound(soundSeconds(output ?? Readable.from([]), published), originals, plan.durationSeconds),
  }).catch((error: unknown) => {
    throw asVerifyFailure(error, rendition);
  });
  // To its end, so that its length is known, and whoever writes it is not left without a reader.
  while ((await originals.next()).done !== true);

  const planned = plan.audio.find(({ name }) => name === rendition);
  const seconds = totals.ticks / (planned?.sampleRate ?? Number.NaN);
  if (!(Math.abs(published.seconds - seconds) <= SHORT_SECONDS))
    throw verifyFailed(`${published.seconds.toFixed(3)} s of ${rendition} can be decoded, not ${seconds.toFixed(3)} s`);
  const least = Math.max(plan.grid.frames / toNumber(plan.grid.rate), original.seconds);
  if (seconds < least - SHORT_SECONDS || seconds > least + LONG_SECONDS)
    throw verifyFailed(`${rendition} lasts ${seconds.toFixed(3)} s, and should last ${least.toFixed(3)} s`);
  const wrong = judgeSound(compared);
  if (wrong !== undefined) throw verifyFailed(`${rendition}: ${wrong}`);
  return { compared: compared.seconds.length };
}
