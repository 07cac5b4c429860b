import { setTimeout as sleep } from 'node:timers/promises';
import type { Stage } from '@transcode/contracts';
import { createDatabase } from '@transcode/db';
import { waitFor } from '@transcode/testing';
import { databaseUrlOf } from './database-url.ts';
import { holdProcess } from './hold-process.ts';
import { pidOf } from './pid-of.ts';

const BEGUN = { timeout: 120_000, interval: 50 };
/** What a worker had said before it was held has been done by then. */
const SAID_MS = 250;

/**
 * Kills `worker-1` while it is at a task of this stage, and not just after: it stands still while that is looked up. The attempt's trace is
 * written down by then. Returns the attempt's `traceparent`.
 */
export async function killAtWork(data: string, stage: Stage): Promise<string> {
  const pid = await pidOf(data, 'worker-1');
  const db = createDatabase(await databaseUrlOf(data), { poolSize: 1 });
  const atWork = async (): Promise<string | undefined> => {
    const where = { stage, state: 'running', traceparent: { not: null } } as const;
    return (await db.task.findFirst({ where }))?.traceparent ?? undefined;
  };
  try {
    return await waitFor(async () => {
      if ((await atWork()) === undefined) return undefined;
      using held = new DisposableStack();
      held.use(holdProcess(pid));
      await sleep(SAID_MS);
      const traceparent = await atWork();
      if (traceparent === undefined) return undefined;
      process.kill(pid, 'SIGKILL');
      held.move();
      return traceparent;
    }, BEGUN);
  } finally {
    await db.$disconnect();
  }
}
