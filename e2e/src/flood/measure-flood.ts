import { setTimeout as sleep } from 'node:timers/promises';
import type { Installation } from '../installation.ts';
import { pidOf } from '../pid-of.ts';
import type { FloodReport } from './flood-plan.ts';
import { FloodProcess } from './flood-process.ts';
import { watchResident, type Growth } from './resident.ts';
import { signInFirst } from './sign-in.ts';
import { SignedInPerson, type Answers } from './signed-in-person.ts';

export const LINES = 2_000;
/** Until all lines are open. */
export const RISING_MS = 22_000;

/** Each is one address to those who count by address. */
const STRANGERS = Array.from({ length: 40 }, (_, number) => `127.0.9.${number + 1}`);

interface Measured {
  readonly growth: Growth;
  readonly report: FloodReport;
  /** How many times as long the median answer took as without, by what somebody who is signed in asked for. */
  readonly slower: ReadonlyMap<string, number>;
  /** What that person, and one at an address of strangers, were answered that was no 200. */
  readonly others: readonly string[];
}

/** Floods a new installation, and has somebody work there before, meanwhile and after. */
export async function measureFlood(
  { url, data, password }: Installation,
  { quietMs, floodMs }: { quietMs: number; floodMs: number },
): Promise<Measured> {
  const cookie = await signInFirst(url, password);
  const person = new SignedInPerson(url, { address: '127.0.0.2', cookie });
  const neighbour = new SignedInPerson(url, { address: STRANGERS[0] ?? '', cookie });
  const pids = await Promise.all(['api', 'console'].map((name) => pidOf(data, name)));
  // What is asked for the first time is made ready for the next.
  await Promise.all([person.work(3_000), neighbour.work(3_000)]);
  const before = await person.work(quietMs);
  const grown = watchResident(pids);
  using flood = new FloodProcess({
    ...{ url, addresses: STRANGERS, lines: LINES },
    ...{ bodies: 20, askers: 24, questionsPerSecond: 12 },
  });
  await sleep(RISING_MS);
  const [flooded, beside] = await Promise.all([person.work(floodMs), neighbour.work(floodMs)]);
  const report = await flood.stop();
  const growth = grown();
  await sleep(2_000);
  const after = await person.work(quietMs);
  for (const each of [person, neighbour]) each.close();
  const slower = [...flooded.ms].map(([path, ms]): [string, number] => {
    const quiet = [before, after].flatMap((answers: Answers) => answers.ms.get(path) ?? []);
    return [path, median(ms) / median(quiet)];
  });
  return { growth, report, slower: new Map(slower), others: [...flooded.others, ...beside.others] };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
