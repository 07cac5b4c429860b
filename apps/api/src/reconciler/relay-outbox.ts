import { OutboxMessage } from '@transcode/contracts';
import type { Event } from '@transcode/contracts';
import type { Database, Outbox } from '@transcode/db';
import type { Services } from '../context.ts';
import type { Step } from './step.ts';

const AT_ONCE = 100;

/**
 * Tells what the outbox holds, in its order and at least once: whoever was not told of a commit by the worker that made it, as that
 * died at once, is told now.
 */
export function relayOutbox({ db, events, log }: Pick<Services, 'db' | 'events' | 'log'>): Step['run'] {
  return async (turn) => {
    const rows = await db.outbox.findMany({ where: { sentAt: null }, orderBy: { id: 'asc' }, take: AT_ONCE });
    for (const row of rows) {
      if (!turn.goesOn()) return;
      const message = OutboxMessage.safeParse(row);
      // It keeps up no other, and stays to be looked at.
      if (!message.success)
        log.error({ err: message.error, outbox_id: row.id }, 'A message of the outbox is not valid');
      const event = message.success ? await eventOf(db, message.data) : undefined;
      if (event !== undefined) await events.send(event);
      await markSent(db, row);
    }
  };
}

/** Undefined where there is nobody left to be told. */
async function eventOf(db: Database, { payload: { videoId } }: OutboxMessage): Promise<Event | undefined> {
  const video = await db.video.findUnique({ where: { id: videoId }, select: { workspaceId: true, state: true } });
  if (video === null) return undefined;
  return { type: 'video', videoId, workspaceId: video.workspaceId, state: video.state };
}

async function markSent(db: Database, { id }: Outbox): Promise<void> {
  await db.outbox.update({ where: { id }, data: { sentAt: new Date() } });
}
