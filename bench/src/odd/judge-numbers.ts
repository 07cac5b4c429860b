import type { ExpectedPicture, Range } from './recipe.ts';

export interface Wanted {
  /** What every rendition has to show. */
  readonly numbers: readonly number[] | 'unread';
  readonly complaints: string[];
}

/** Cut off in the middle, this much of the end may be grey, in seconds. */
const SPOILT_SECONDS = 0.5;

/** The recipe's numbers, with as many of the first and the last more as are shown and allowed. */
export function wantedNumbers(
  { numbers, lead, tail }: { readonly numbers: readonly number[]; readonly lead: Range; readonly tail: Range },
  shown: readonly number[],
): Wanted {
  const [first = 0, last = 0] = [numbers[0], numbers.at(-1)];
  const held = leading(shown, first) - leading(numbers, first);
  const before = first === last ? lead.least : Math.max(0, held);
  const behind = shown.length - before - numbers.length;
  return {
    numbers: [
      ...Array.from({ length: before }, () => first),
      ...numbers.slice(0, behind < 0 ? behind + numbers.length : undefined),
      ...Array.from({ length: Math.max(0, behind) }, () => last),
    ],
    complaints: [
      ...outside(`${shown.length} frames are shown, the first one ${before} times too often`, before, lead),
      ...outside(
        `${shown.length} frames are shown, ${numbers.length} are foreseen and the last one again`,
        behind,
        tail,
      ),
    ],
  };
}

function leading(numbers: readonly number[], first: number): number {
  const other = numbers.findIndex((number) => number !== first);
  return other === -1 ? numbers.length : other;
}

function outside(what: string, value: number, { least, most }: Range): string[] {
  return value >= least && value <= most ? [] : [`${what}: ${value}, from ${least} to ${most} would be right`];
}

/** 0, 1, 2, …, or each second or fourth of them, none left out, none held for longer than allowed, but for the last. */
export function judgeAscending(
  { frames, step, holdSeconds, spoiltEnd }: Extract<ExpectedPicture, { kind: 'ascending' }>,
  shown: readonly number[],
  speed: number,
): string[] {
  const legible = spoiltEnd ? shown.slice(0, shown.length - Math.ceil(SPOILT_SECONDS * speed)) : shown;
  const most = Math.ceil(holdSeconds * speed);
  let held = 0;
  for (const [index, number] of legible.entries()) {
    const before = legible[index - 1] ?? -step;
    held = number === before ? held + 1 : 0;
    const isLast = legible.indexOf(number) + held === index && number === legible.at(-1);
    const wrong = number !== before + step && number !== before;
    if (wrong || (held > most && !isLast)) {
      const around = legible.slice(Math.max(0, index - 3), index + 4).join();
      return [`around ${index} of ${shown.length} the numbers are ${around}`];
    }
  }
  return outside('frames', shown.length, frames);
}
