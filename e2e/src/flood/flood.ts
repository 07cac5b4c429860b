import { setTimeout as sleep } from 'node:timers/promises';
import { FloodPlan, type FloodReport } from './flood-plan.ts';
import { HeldLines } from './held-lines.ts';
import { LARGE_BODIES } from './large-bodies.ts';
import { QUESTIONS } from './questions.ts';
import { Stranger, type Asked } from './stranger.ts';

/** A process of its own that is many strangers, none of whom asks as fast as they could: it leaves the machine to what is flooded. */

type Tally = Record<string, number>;

// Whoever began it may be gone before it is stopped.
process.once('disconnect', () => process.exit());
process.once('message', (message) => void flood(FloodPlan.parse(message)));

async function flood({ url, addresses, lines, bodies, askers, questionsPerSecond }: FloodPlan): Promise<void> {
  const stop = new AbortController();
  process.once('message', () => stop.abort());
  const held = new HeldLines(url, { addresses, most: lines });
  const tallies: { bodies: Tally; questions: Tally } = { bodies: {}, questions: {} };
  const lanes = [
    ...crowd(bodies, { url, addresses, kinds: LARGE_BODIES, everyMs: 0, tally: tallies.bodies, stop: stop.signal }),
    ...crowd(askers, {
      ...{ url, addresses, kinds: QUESTIONS, everyMs: 1000 / questionsPerSecond },
      ...{ tally: tallies.questions, stop: stop.signal },
    }),
  ];
  await Promise.all(lanes);
  held.close();
  const report: FloodReport = {
    ...tallies,
    ...held.counted,
    cpuSeconds: process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6,
  };
  process.send?.(report, () => process.disconnect());
}

interface Crowd {
  readonly url: string;
  readonly addresses: readonly string[];
  readonly kinds: readonly (() => Asked)[];
  readonly everyMs: number;
  readonly tally: Tally;
  readonly stop: AbortSignal;
}

function crowd(size: number, { url, addresses, kinds, everyMs, tally, stop }: Crowd): Promise<void>[] {
  return Array.from({ length: size }, async (_, number) => {
    const stranger = new Stranger(url, addresses[number % addresses.length] ?? '');
    // Each begins elsewhere, and all kinds have their turn.
    for (let turn = number; !stop.aborted; turn += 1) {
      const begun = performance.now();
      const kind = kinds[turn % kinds.length];
      const heard = kind === undefined ? 'cut' : await stranger.ask(kind(), stop);
      tally[heard] = (tally[heard] ?? 0) + 1;
      await sleep(Math.max(1, everyMs - (performance.now() - begun)));
    }
    stranger.close();
  });
}
