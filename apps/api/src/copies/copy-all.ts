import { setTimeout as sleep } from 'node:timers/promises';
import { LEASE_MS, TranscodeError } from '@transcode/contracts';
import {
  claimCopies,
  claimRemovals,
  completeRemovals,
  noteCopyStoreSigned,
  noteCopyTrouble,
  readCopyTarget,
} from '@transcode/db';
import { measure } from '@transcode/telemetry';
import type { Services } from '../context.ts';
import type { Step, Turn } from '../reconciler/step.ts';
import type { Copier, CopyOutcome } from './copier.ts';

/** Objects on their way at once: each takes some 24 MiB of memory at most. */
const AT_ONCE = 4;
const REMOVED_AT_ONCE = 500;
/** What came since is looked for so often while something is on its way. */
const LOOK_MS = 500;
/** After a store was away. */
const REST_MS = 5_000;
/** Whether the store is the one that it was is asked so often. */
const CHECK_MS = 30_000;
/** By this object it is known. */
const SIGN = 'transcode-copies.json';

type CopyDeps = Pick<Services, 'db' | 'log'>;

/** Copies what waits and removes what is to go, until nothing is left. While a store is away it rests. */
export function copyAll(deps: CopyDeps, copier: Copier | undefined): Step['run'] {
  if (copier === undefined) return () => Promise.resolve();
  let restsUntil = 0;
  let checkedAt = -Infinity;
  return async (turn) => {
    if (performance.now() < restsUntil) return;
    let trouble: string | undefined;
    if (performance.now() - checkedAt > CHECK_MS) trouble = await check(deps.db, copier);
    if (trouble === undefined) {
      checkedAt = performance.now();
      trouble = await work(deps.db, copier, turn);
    }
    if (trouble !== undefined) [restsUntil, checkedAt] = [performance.now() + REST_MS, -Infinity];
    await tell(deps, trouble);
  };
}

/** What is wrong with the store. A disk that is not mounted looks like an empty folder, so each store is signed once. */
async function check(db: Services['db'], { store, url }: Copier): Promise<string | undefined> {
  const target = await readCopyTarget(db);
  if (target === null) return undefined;
  try {
    await store.health();
    if ((await store.head(SIGN)) === undefined) {
      if (target.signedAt !== null)
        return `${url} is not what it was: ${SIGN} is not there. Mount what it was, or have all copied anew: unset COPY_URL, start, set it again.`;
      await store.put(SIGN, Buffer.from('{"what":"Copies of the objects of a Transcode installation"}\n'));
    }
    if (target.signedAt === null) await noteCopyStoreSigned(db);
    return undefined;
  } catch (error) {
    if (error instanceof TranscodeError) return `The second store takes nothing. ${error.message}`;
    throw error;
  }
}

/** Why it came to an end before all was done; undefined where all was, or others are to go on. */
async function work(db: Services['db'], copier: Copier, turn: Turn): Promise<string | undefined> {
  await remove(db, copier, turn);
  const running = new Set<Promise<CopyOutcome>>();
  const ended: CopyOutcome[] = [];
  while (turn.goesOn() && !ended.includes('away')) {
    const count = AT_ONCE - running.size;
    const claims = count === 0 ? [] : await claimCopies(db, { count, leaseMs: LEASE_MS });
    for (const claim of claims) {
      const copying = copier.copy(claim).then((outcome) => {
        running.delete(copying);
        ended.push(outcome);
        return outcome;
      });
      running.add(copying);
    }
    if (running.size === 0) break;
    await Promise.race([...running, sleep(LOOK_MS)]);
  }
  await Promise.all(running);
  return ended.includes('away') ? (copier.trouble ?? 'It cannot be reached.') : undefined;
}

async function remove(db: Services['db'], { store }: Copier, turn: Turn): Promise<void> {
  while (turn.goesOn()) {
    const claims = await claimRemovals(db, { count: REMOVED_AT_ONCE, leaseMs: LEASE_MS });
    if (claims.length === 0) return;
    // Whatever is away is found by the next check; the claims end by themselves.
    await store.delete(claims.map(({ key }) => key));
    await completeRemovals(db, claims);
    measure.count('copyObjectsTotal', { result: 'removed' }, claims.length);
  }
}

/** Once, and not each time. */
async function tell({ db, log }: CopyDeps, trouble: string | undefined): Promise<void> {
  const before = (await readCopyTarget(db))?.trouble ?? undefined;
  if (before === trouble) return;
  await noteCopyTrouble(db, trouble ?? null);
  if (trouble === undefined) log.info('Objects are copied again');
  else log.warn(`Nothing is copied just now. ${trouble}`);
}
