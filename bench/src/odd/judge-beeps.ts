import type { PatternFrame } from '@transcode/testing/media';
import { perSecond } from './draft.ts';
import { flashesOf, nearestTo, type SourceFacts } from './read-source.ts';
import type { ExpectedSound, SoundPart } from './recipe.ts';

/** How far a beep may be from where it belongs, in seconds: beside a source that ffmpeg reads, and beside a recipe. */
const BESIDE_SOURCE = 0.025;
const BESIDE_RECIPE = 0.06;
/** Beyond what a codec's delay explains, the recipe is not what it says. */
const RECIPE_WRONG = 0.09;
/** A beep nearer to the end of the sound than this may be lost. */
const MARGIN = 0.15;
const BELONGS = 0.45;
/** Where a clock jumps, one flash may follow another sooner than this: then both beeps sound as one. */
const TOLD_APART = 0.3;

interface Seen {
  readonly frames: readonly PatternFrame[];
  readonly times: readonly number[];
  readonly onsets: readonly number[];
  readonly facts: SourceFacts | undefined;
}

/** Whether each flash has its beep, as far from it as in the source, and none is where there should be silence. */
export function judgeBeeps(uri: string, sound: ExpectedSound, { frames, times, onsets, facts }: Seen): string[] {
  const flashes = flashesOf(frames, times).filter(
    ({ time }, index, all) =>
      (index > 0 || !isHeld(frames, time)) && time - (all[index - 1]?.time ?? -Infinity) >= TOLD_APART,
  );
  const complaints: string[] = [];
  const shifts: number[] = [];
  for (const { number, time } of flashes) {
    const foreseen = foreseenDistance(sound.parts, number);
    if (foreseen === undefined || time + foreseen < 0) continue;
    const measured = facts?.distances.get(number);
    if (measured !== undefined) shifts.push(measured - foreseen);
    const wanted = measured ?? foreseen;
    const tolerance = measured === undefined ? BESIDE_RECIPE : BESIDE_SOURCE;
    const distance = nearestTo(onsets, time + wanted) - time;
    const pushed = measured === undefined ? (sound.pushedSeconds ?? 0) : 0;
    // What lies before a picture that was pushed is not heard.
    if (pushed > 0 && time + wanted < pushed) continue;
    if (distance < wanted - pushed - tolerance || distance > wanted + tolerance)
      complaints.push(`${uri}: the beep of frame ${number} is ${ms(distance)} from its flash, ${ms(wanted)} is right`);
  }
  const shift = shifts.toSorted((a, b) => a - b)[Math.floor(shifts.length / 2)] ?? 0;
  if (Math.abs(shift) > RECIPE_WRONG)
    complaints.push(`RECIPE: the source's beeps are ${ms(shift)} from where they were meant`);
  const most = sound.parts.reduce((sum, { seconds }) => sum + Math.ceil(seconds.most), 0) + sound.parts.length;
  if (onsets.length > most) complaints.push(`${uri}: ${onsets.length} beeps, at most ${most} were made`);
  return complaints;
}

/** The first picture, shown for longer because sound came before it, flashes too early. */
function isHeld(frames: readonly PatternFrame[], time: number): boolean {
  return time === 0 && frames[1]?.number === frames[0]?.number;
}

/** From the flash with this number to its beep, if it has one. */
function foreseenDistance(parts: readonly SoundPart[], number: number): number | undefined {
  const part = parts.findLast(({ first }) => first <= number);
  if (part === undefined) return undefined;
  const flash = (number - part.first) / perSecond(part.rate);
  const distance = Math.round(flash - part.delay) + part.delay - flash;
  const beep = flash + distance - part.delay;
  const exists = beep > -0.01 && beep < part.seconds.least - MARGIN && Math.abs(distance) < BELONGS;
  return exists ? distance : undefined;
}

function ms(seconds: number): string {
  return `${(seconds * 1000).toFixed(0)} ms`;
}
