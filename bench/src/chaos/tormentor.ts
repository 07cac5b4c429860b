import { setTimeout as sleep } from 'node:timers/promises';
import { costOf, type Cost, type RunningClaim } from './accounting.ts';
import { FAULTS } from './all-faults.ts';
import { readJournal } from './journal.ts';
import { patiently } from '../patiently.ts';
import type { PlannedFault } from './schedule.ts';
import type { World } from './world.ts';

/** One fault, from the blow to its last consequence. */
export interface Ordeal {
  readonly planned: PlannedFault;
  readonly what: string;
  readonly strikeAt: number;
  /** From when the next ffmpeg was waited for. */
  readonly clockAt: number;
  readonly healedAt: number;
  readonly cost: Cost;
  /** What did not come back, or not in time. */
  readonly broken: readonly string[];
}

/** A fault whose consequences are not over by then has broken something. */
const HEAL_MS = 90_000;
const CONSEQUENCES_MS = 60_000;
const LOOK_MS = 250;
/** Claims from before the strike matter, too. */
const JOURNAL_BACK_MS = 300_000;

/** Does one thing to the installation and waits until all that comes of it is over, so that each cost has one cause. */
export async function torment(world: World, planned: PlannedFault): Promise<Ordeal> {
  const fault = FAULTS[planned.kind];
  const broken: string[] = [];
  const blow = await fault.aim(world, planned);
  const running = await runningClaims(world);
  const strikeAt = Date.now();
  await blow.strike();
  try {
    await within(Promise.resolve(blow.heal()), HEAL_MS, planned.kind);
  } catch (error) {
    broken.push(error instanceof Error ? error.message : String(error));
  }
  const clockAt = fault.clock === 'strike' ? strikeAt : Date.now();
  const since = strikeAt - JOURNAL_BACK_MS;
  const deadline = Date.now() + CONSEQUENCES_MS;
  for (;;) {
    const journal = await patiently(() => readJournal(world.db, since));
    const cost = costOf({ strikeAt, clockAt, running }, journal, world.ffmpegs.starts);
    const over = cost.undecided === 0 && cost.nextFfmpegAt !== undefined;
    if (!over && Date.now() < deadline) {
      await sleep(LOOK_MS);
      continue;
    }
    if (!over) broken.push(`${CONSEQUENCES_MS / 1000} s later ${stillOpen(cost)}`);
    return { planned, what: blow.what, strikeAt, clockAt, healedAt: Date.now(), cost, broken };
  }
}

async function runningClaims({ db }: World): Promise<RunningClaim[]> {
  const rows = await patiently(() =>
    db.task.findMany({ where: { state: 'running' }, select: { id: true, token: true } }),
  );
  return rows.map(({ id, token }) => ({ taskId: id, token }));
}

function stillOpen({ undecided, losses }: Cost): string {
  const waiting = losses.filter(({ againAt }) => againAt === undefined);
  const names = waiting.map(({ stage, index, worker }) => `${stage} ${index} of ${worker}`).join(', ');
  if (waiting.length > 0) return `nobody had taken up ${names}`;
  return undecided > 0 ? `${undecided} tasks that ran then had not ended` : 'no ffmpeg had begun';
}

async function within(work: Promise<void>, ms: number, name: string): Promise<void> {
  const timer = new AbortController();
  const late = sleep(ms, undefined, { signal: timer.signal }).then(
    () => Promise.reject(new Error(`${name} had not healed ${ms / 1000} s later`)),
    () => undefined,
  );
  try {
    await Promise.race([work, late]);
  } finally {
    timer.abort();
  }
}
