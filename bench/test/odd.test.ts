import { expect, test } from 'vitest';
import { drawRecipe } from '../src/odd/draw-recipe.ts';
import { MOST_SECONDS } from '../src/odd/draw-base.ts';
import { FORMAT_NAMES } from '../src/odd/formats.ts';
import { judgeAscending, wantedNumbers } from '../src/odd/judge-numbers.ts';
import type { ReadyExpectation, Recipe } from '../src/odd/recipe.ts';
import { shellLine } from '../src/odd/shell-line.ts';

const DRAWN = Array.from({ length: 1_500 }, (_, position) => drawRecipe(7, position));
const READY = DRAWN.flatMap(({ expect: wanted }) => ('refused' in wanted ? [] : [wanted]));
const ODDITIES = [
  ...['sound shorter', 'sound much longer', 'one picture and sound', 'sound begins late', 'sound begins early'],
  ...['begins after hours', 'begins before zero', 'cut without decoding', 'clock wraps at 33 bits', 'a gap'],
  ...['single frames missing', 'variable rate', 'clock jumps', 'odd sides', 'portrait', 'tiny', 'a strip'],
  ...['pixels not square', 'turned', 'shape changes', 'tags', 'pixels', 'sound first', 'a cover first'],
  ...['several sounds', 'left and right in tracks of their own', 'fonts', 'subtitles', 'a time code'],
  ...['truncated', 'encrypted', 'no picture', 'sound in six channels'],
];

test('the same seed and position are the same source, whatever was drawn before', () => {
  expect(drawRecipe(7, 41)).toEqual(DRAWN[41]);
  expect(drawRecipe(8, 41)).not.toEqual(DRAWN[41]);
  expect(new Set(DRAWN.map(shellLine)).size).toBeGreaterThan(DRAWN.length * 0.95);
});

test('every container and every oddity is drawn', () => {
  const titles = DRAWN.map(({ title }) => title);
  expect(FORMAT_NAMES.filter((name) => !titles.some((title) => title.startsWith(`${name}: `)))).toEqual([]);
  expect(ODDITIES.filter((name) => !titles.some((title) => title.includes(`; ${name}`)))).toEqual([]);
});

test('sources are at most 20 s long and 640 wide, and made by steps that end in their file', () => {
  expect(DRAWN.filter((recipe) => lastFile(recipe) !== recipe.file)).toEqual([]);
  expect(READY.filter((ready) => secondsOf(ready) > MOST_SECONDS + 0.5 || ready.width > 640)).toEqual([]);
});

test('what is expected holds together', () => {
  expect(READY.filter(({ rate }) => speedOf(rate) > 60 || speedOf(rate) < 1)).toEqual([]);
  expect(READY.filter(({ audio, sound }) => audio.length > 0 !== (sound !== undefined))).toEqual([]);
  expect(READY.filter(({ picture }) => rangesOf(picture).some(({ least, most }) => least > most))).toEqual([]);
});

test('the numbers of a recipe please its judge, and no others do', () => {
  const pictures = READY.map(({ picture }) => picture).filter((picture) => picture.kind === 'numbers');
  const wrong = pictures.filter((picture) => {
    const { numbers, lead, tail } = picture;
    const [first = 0, last = 0] = [numbers[0], numbers.at(-1)];
    const shown = [...again(first, lead.least), ...numbers, ...again(last, tail.least)];
    const longer = [...shown, ...again(last, tail.most - tail.least + 1)];
    const right = wantedNumbers(picture, shown);
    return (
      right.complaints.length > 0 ||
      right.numbers.toString() !== shown.toString() ||
      wantedNumbers(picture, longer).complaints.length !== 1
    );
  });
  expect(wrong).toEqual([]);
});

test('numbers that ascend may be held, but not left out', () => {
  const expected = {
    kind: 'ascending',
    frames: { least: 4, most: 9 },
    step: 1,
    holdSeconds: 0.1,
    spoiltEnd: false,
  } as const;
  expect(judgeAscending(expected, [0, 1, 1, 2, 3, 3, 3], 10)).toEqual([]);
  expect(judgeAscending(expected, [0, 1, 3, 4], 10)).toHaveLength(1);
  expect(judgeAscending(expected, [0, 1, 1, 1, 2, 3], 10)).toHaveLength(1);
  expect(judgeAscending(expected, [1, 2, 3, 4], 10)).toHaveLength(1);
  expect(judgeAscending(expected, [0, 1, 2], 10)).toHaveLength(1);
});

function again(number: number, count: number): number[] {
  return Array.from({ length: count }, () => number);
}

function lastFile({ steps }: Recipe): string | undefined {
  const last = steps.at(-1);
  if (last === undefined) return undefined;
  if ('ffmpeg' in last) return last.ffmpeg.at(-1);
  return 'write' in last ? last.write : last.into;
}

function rangesOf(picture: ReadyExpectation['picture']): { least: number; most: number }[] {
  if (picture.kind === 'numbers') return [picture.lead, picture.tail];
  if (picture.kind === 'held') return [picture.seconds];
  return [picture.kind === 'ascending' ? picture.frames : picture.tail];
}

function speedOf({ rate }: ReadyExpectation['rate']): number {
  const [num = 0, den = 1] = rate.split('/').map(Number);
  return num / den;
}

function secondsOf({ picture, rate }: ReadyExpectation): number {
  if (picture.kind === 'grid') return 0;
  if (picture.kind === 'held') return picture.seconds.least;
  if (picture.kind === 'ascending') return picture.frames.least / speedOf(rate);
  if (picture.kind === 'shapes') return picture.parts.reduce((sum, { frames }) => sum + frames, 0) / speedOf(rate);
  return (picture.lead.least + picture.numbers.length + picture.tail.least) / speedOf(rate);
}
