import { createHash } from 'node:crypto';

interface Case {
  readonly name: string;
  /** Takes minutes: for deep runs. */
  readonly isLong?: boolean;
}

/** One in so many of a large corpus is taken where not all are. */
const ONE_IN = 6;

/** What of large corpora this run takes is drawn by it; empty: all is. Each run of `./transcode test` prints its own. */
const seedOfRun = (): string => process.env['TRANSCODE_TEST_SEED'] ?? '';

/**
 * The cases of a large corpus that this run takes: all, or where it has a seed a share that this draws and no long ones, so
 * that runs with other seeds take others.
 */
export function shareOf<T extends Case>(cases: readonly T[], { oneIn = ONE_IN } = {}): readonly T[] {
  const seed = seedOfRun();
  if (seed === '') return cases;
  const count = Math.ceil(cases.length / oneIn);
  const short = cases.filter(({ isLong }) => isLong !== true);
  const drawn = new Set(short.toSorted((a, b) => draw(seed, a.name) - draw(seed, b.name)).slice(0, count));
  return cases.filter((each) => drawn.has(each));
}

/** What is done with `subject` by this run: all of the choices, or where it has a seed the one that this draws. */
export function oneOrAll<T>(choices: readonly T[], subject: string): readonly T[] {
  const seed = seedOfRun();
  const drawn = draw(seed, subject) % choices.length;
  return seed === '' ? choices : choices.slice(drawn, drawn + 1);
}

function draw(seed: string, name: string): number {
  return createHash('sha256').update(`${seed} ${name}`).digest().readUInt32BE();
}
