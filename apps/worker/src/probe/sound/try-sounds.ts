import { FFMPEG_STALL_MS, type AudioStream } from '@transcode/contracts';
import { evenFilter } from '@transcode/planner';
import { complaintOf, type Finding } from '../run-reader.ts';
import { tryFfmpeg, type Trial } from '../try-ffmpeg.ts';
import { sideBySide } from './side-by-side.ts';

/** So much of the source is tried at first, which takes a moment: nearly all streams have something to say by then. */
const FIRST_SECONDS = 3;
/** Enough, where a stream is looked through for anything at all. */
const ENOUGH_FRAMES = 20;
/**
 * A trial computes no longer than this share of the probe's time, and stands still no longer: where all sounds hang, and two cores are shared
 * by those that are tried at a time, they take half of it.
 */
const SHARE = 1 / 20;
const NOTHING = 'nothing in it can be decoded';

/**
 * Tries each stream of sound by decoding it, through the filters that it will be encoded with. Answers why not, for those of which
 * nothing comes; an encode that met one of them would fail, and all others with it.
 */
export async function trySounds(run: Trial, sounds: readonly AudioStream[]): Promise<Map<number, string>> {
  const failed = new Map<number, string>();
  if (sounds.length === 0) return failed;
  const mostMs = run.milliseconds * SHARE;
  const bounded = { ...run, stallMs: Math.min(FFMPEG_STALL_MS, mostMs), mostCpuSeconds: mostMs / 1000 };
  const first = await tryOnce(bounded, sounds, ['-t', String(FIRST_SECONDS)]);
  const doubtful = sounds.filter((_, position) => first.failure !== undefined || first.value[position] !== true);
  await sideBySide(bounded, doubtful, async (sound, each) => {
    const complaint = await tryAlone(each, sound);
    if (complaint !== undefined) failed.set(sound.index, complaint);
  });
  return failed;
}

/** Where nothing comes of its beginning, it is looked further: it may start late, or be damaged there. */
async function tryAlone(run: Trial, sound: AudioStream): Promise<string | undefined> {
  const first = await tryOnce(run, [sound], ['-t', String(FIRST_SECONDS)]);
  if (first.failure !== undefined) return whyNot(first);
  if (first.value[0] === true) return undefined;
  const whole = await tryOnce(run, [sound], [], ['-frames:a', String(ENOUGH_FRAMES)]);
  if (whole.failure !== undefined) return whyNot(whole);
  return whole.value[0] === true ? undefined : NOTHING;
}

/** For each stream whether anything was to be heard. */
function tryOnce(
  run: Trial,
  sounds: readonly AudioStream[],
  part: readonly string[],
  enough: readonly string[] = [],
): Promise<Finding<boolean[]>> {
  return tryFfmpeg(run, {
    before: ['-max_error_rate', '1', ...part],
    pipes: sounds.length,
    output: sounds.flatMap((sound, position) => [
      ...['-map', `0:${sound.index}`, '-af', evenFilter(sound), ...enough],
      ...['-c:a', 'pcm_s16le', '-f', 's16le', `pipe:${3 + position}`],
    ]),
    read: (stdout, pipes) => {
      stdout.resume();
      return Promise.all(pipes.map(isAnythingIn));
    },
  });
}

/** Why a sound is left out, as a sentence's end. */
export function whyNot(found: Finding<unknown>): string {
  if (found.failure?.code === 'encode_stalled' || found.failure?.code === 'ffmpeg_out_of_time')
    return 'decoding it comes to no end';
  if (/no decoder found|decoder[^\n]* not found|is not implemented/i.test(found.diagnostics.tail))
    return 'no decoder here knows it';
  const complaint = complaintOf(found);
  return complaint === '' ? NOTHING : `it cannot be decoded (${complaint})`;
}

async function isAnythingIn(stream: AsyncIterable<Buffer>): Promise<boolean> {
  let bytes = 0;
  for await (const part of stream) bytes += part.length;
  return bytes > 0;
}
