import { AAC_FRAME_SAMPLES, LEAST_FRAME_RATE, MAX_FRAME_RATE, type ErrorCode } from '@transcode/contracts';
import { firsts } from './compose-pieces.ts';
import { keptNumbers, perSecond, secondsOf, type Damage, type Draft } from './draft.ts';
import { FORMATS, type Format } from './formats.ts';
import type { ExpectedPicture, ExpectedRate, ExpectedSound, OddExpectation, Range } from './recipe.ts';

/** By so much sound may be longer than was drawn: codecs pad it to whole frames, and begin before it. */
const PADDING_SECONDS = 0.1;
/** Sound that is so much longer than the picture has to have a picture to its end; for less than the other none is wanted. */
const HEARD_SECONDS = 0.5;
const UNHEARD_SECONDS = 0.2;
/** Muxers put the first picture behind the first sound by so much at most, where that is later at all. */
const APART_SECONDS = 0.06;
/** Sound that begins so much earlier than the picture has the first picture held for it. */
const HELD_LEAD_SECONDS = 1;
/** By how much the first and the last time of a file can be off together, in seconds. */
const ROUNDING: Record<Format['clock'], number> = { exact: 0, ticks: 2 / 90_000, milliseconds: 0.0025, counted: 0 };
/** Of fewer in a fragmented MP4 nobody can tell the rate. */
const LEAST_FRAMES = 13;
const NONE: Range = { least: 0, most: 0 };
const LEAST_SIDE = 16;

const REFUSALS: Record<'encrypted' | 'no picture' | 'truncated', readonly ErrorCode[]> = {
  encrypted: ['source_encrypted'],
  'no picture': ['source_has_no_video'],
  truncated: ['source_unreadable'],
};

/** What has to come of a draft, by rules that anybody can read, not by what is done with it. */
export function predict(draft: Draft): OddExpectation {
  const { damage } = draft;
  if (damage !== undefined && isRefused(draft, damage)) return { refused: REFUSALS[damage.kind] };
  const { width, height } = publishedSize(draft);
  return {
    ...{ width, height, rate: predictRate(draft), picture: predictPicture(draft) },
    audio: predictLanguages(draft),
    sound: predictSound(draft),
  };
}

/** An MP4 whose index comes last has none once it was cut short. */
function isRefused({ format }: Draft, { kind }: Damage): boolean {
  return kind !== 'truncated' || format === 'mp4';
}

function publishedSize({ width, height, pieces }: Draft): { width: number; height: number } {
  const shapes = pieces?.kind === 'shapes' ? pieces.parts : [{ width, height }];
  const [largest] = shapes.toSorted((a, b) => b.width * b.height - a.width * a.height);
  return { width: even(largest?.width), height: even(largest?.height) };
}

function even(side = 0): number {
  return Math.max(LEAST_SIDE, Math.floor(side / 2) * 2);
}

/** Halved until it is within the limit; of few frames at rounded times nobody can tell which of two near ones it was. */
function predictRate({ rate, frames, format, isVariable }: Draft): ExpectedRate {
  const published = publishedRate(rate);
  if (isVariable) return { rate: published, within: 0.35 };
  if (frames === 1 || (format === 'fragmented' && frames < LEAST_FRAMES)) return { rate: published, within: Infinity };
  return { rate: published, within: (ROUNDING[FORMATS[format].clock] * perSecond(rate)) / (frames - 1) };
}

/** How many of a source's frames come to one place of the grid, and how many places one frame fills. */
function gridSteps(rate: string): { frames: number; places: number } {
  const places = Math.ceil(LEAST_FRAME_RATE / perSecond(rate));
  let frames = 1;
  while ((perSecond(rate) * places) / frames > MAX_FRAME_RATE) frames *= 2;
  return { frames, places };
}

function publishedRate(rate: string): string {
  const [num = 0, den = 1] = rate.split('/').map(Number);
  const { frames, places } = gridSteps(rate);
  return `${num * places}/${den * frames}`;
}

function predictPicture(draft: Draft): ExpectedPicture {
  const { pieces, frames, rate, damage, isVariable, format } = draft;
  const tail = predictTail(draft);
  if (pieces?.kind === 'shapes') return { kind: 'shapes', parts: pieces.parts, tail };
  const { frames: step, places } = gridSteps(rate);
  const shown = Math.ceil((frames * places) / step);
  const held = { step, holdSeconds: PADDING_SECONDS };
  if (pieces?.kind === 'clocks') {
    const seams = Math.ceil(perSecond(rate) * PADDING_SECONDS) * pieces.parts.length;
    return { kind: 'ascending', frames: { least: shown, most: shown + seams }, ...held, spoiltEnd: false };
  }
  if (damage !== undefined) {
    // Not less than half of what is left; a muxer's tables and sound take their share.
    const share = damage.kind === 'truncated' ? damage.share : 1;
    const range = { least: Math.floor((shown * share) / 2), most: shown };
    return { kind: 'ascending', frames: range, ...held, spoiltEnd: true };
  }
  if (frames === 1) return { kind: 'held', seconds: predictSeconds(draft) };
  // Between packets that say when they are shown, a program stream's frames are counted on.
  const isCountedOn = format === 'ps' && draft.dropped.length > 0;
  const isPushed = isPushedByMuxer(draft);
  if (isPushed && !isVariable && draft.dropped.length === 0 && places === 1) {
    const most = shown + tail.most + Math.ceil(perSecond(rate) * PADDING_SECONDS);
    const range = { least: shown + tail.least, most };
    return { kind: 'ascending', frames: range, ...held, spoiltEnd: false };
  }
  const lead = predictLead(draft);
  if (isPushed) return { kind: 'grid', lead: { ...lead, least: 0 }, tail };
  if (isVariable || isCountedOn) return { kind: 'grid', lead, tail };
  return { kind: 'numbers', numbers: onTheGrid(draft), lead, tail };
}

/** Sound that begins before zero has AVI's muxer count the first frame twice: whether it was held cannot be told. */
function isPushedByMuxer({ format, sounds }: Draft): boolean {
  return format === 'avi' && sounds.some(({ codec }) => codec !== 'pcm_s16le');
}

/** What is missing is filled by the one before. */
function onTheGrid(draft: Draft): number[] {
  const kept = keptNumbers(draft);
  const [first = 0, last = 0] = [kept[0], kept.at(-1)];
  const { frames, places } = gridSteps(draft.rate);
  const present = new Set(kept);
  const numbers: number[] = [];
  let shown = first;
  for (let number = first; number <= last; number += 1) {
    if (present.has(number)) shown = number;
    if ((number - first) % frames === 0) numbers.push(...Array.from({ length: places }, () => shown));
  }
  return numbers;
}

function predictLead({ sounds, rate, format }: Draft): Range {
  const early = Math.max(0, ...sounds.map(({ delay }) => -delay));
  const speed = perSecond(publishedRate(rate));
  // There the first picture lasts longer by AAC's priming, which may be as long as whole frames.
  const priming = format === 'fragmented' ? Math.max(0, ...sounds.map((sound) => AAC_FRAME_SAMPLES / sound.rate)) : 0;
  if (early <= HELD_LEAD_SECONDS) return { least: 0, most: Math.ceil(priming * speed) };
  return { least: Math.ceil(early * speed - 1e-6), most: Math.ceil((early + PADDING_SECONDS) * speed) };
}

/** The last picture is held to the end of the sound. */
function predictTail(draft: Draft): Range {
  const { sounds, rate } = draft;
  if (sounds.length === 0) return NONE;
  const speed = perSecond(publishedRate(rate));
  const over = Math.max(...sounds.map(({ delay, seconds }) => delay + seconds)) - secondsOf(draft);
  if (over < UNHEARD_SECONDS) return NONE;
  const least = over > HEARD_SECONDS ? Math.floor((over - APART_SECONDS) * speed) : 0;
  return { least, most: Math.ceil((over + PADDING_SECONDS) * speed) };
}

/** Nothing tells for sure how long one picture lasts, but for sound that does. */
function predictSeconds({ sounds, rate }: Draft): Range {
  const end = Math.max(0, ...sounds.map(({ delay, seconds }) => delay + seconds));
  return { least: end > HEARD_SECONDS ? end : 0, most: Math.max(end, 1 / perSecond(rate)) + PADDING_SECONDS };
}

const SHORT_CODES: Readonly<Record<string, string>> = { eng: 'en', ger: 'de', jpn: 'ja', fre: 'fr' };

function predictLanguages({ sounds }: Draft): string[] {
  // Two sides are one sound.
  const heard = sounds.filter(({ channels }) => channels !== 'FR');
  return heard.map(({ language }) => (language === undefined ? 'und' : (SHORT_CODES[language] ?? language)));
}

function predictSound(draft: Draft): ExpectedSound | undefined {
  const { sounds, rate, pieces, frames, damage } = draft;
  const [sound] = sounds;
  if (sound === undefined) return undefined;
  if (pieces?.kind !== 'clocks') {
    const { delay, seconds } = sound;
    // Of what was cut off nobody knows how much sound is left.
    const heard = { least: damage === undefined ? seconds : 0, most: seconds };
    return {
      ...{ parts: [{ first: 0, rate, delay, seconds: heard }], isReadable: pieces === undefined && frames > 1 },
      ...(isPushedByMuxer(draft) && { pushedSeconds: 1 / perSecond(rate) }),
    };
  }
  const first = firsts(pieces.parts);
  const parts = pieces.parts.map((part, index) => ({
    ...{ first: first[index] ?? 0, rate, delay: 0 },
    seconds: { least: part.frames / perSecond(rate), most: part.frames / perSecond(rate) },
  }));
  return { parts, isReadable: false };
}
