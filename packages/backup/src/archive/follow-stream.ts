import { setTimeout as sleep } from 'node:timers/promises';
import { rest } from '@transcode/servers';
import type { Client } from 'pg';
import { parseLsn, type Lsn } from './lsn.ts';
import type { SegmentWriter } from './segment-writer.ts';
import type { Message, WalStream } from './wal-stream.ts';

interface Following {
  stream: WalStream;
  writer: SegmentWriter;
  client: Client;
  everyMs: number;
  signal: AbortSignal;
  stored: (until: Date) => void;
}

/** Whoever asks whether we are there may be a Postgres that shuts down and waits for us. */
const ASKED_MS = 10_000;
/** Postgres lets go of who says nothing for a minute. */
const CONFIRM_MS = 10_000;
const STILL_MS = 30_000;
/** A Postgres that shuts down ends its sessions first and the stream last. */
const STREAM_ENDS_MS = 15_000;
const POLL_MS = 20;

/** Takes what comes and stores it, again and again, each time with the moment that it reaches to. Until the stream ends or it is told to. */
export async function followStream({ stream, writer, client, everyMs, signal, stored }: Following): Promise<void> {
  const over = new AbortController();
  const ending = AbortSignal.any([signal, over.signal]);
  const confirm = (): void => stream.confirm(writer.received, writer.kept);
  const confirming = setInterval(confirm, CONFIRM_MS);

  /** Whether the stream came to an end of its own. */
  const receive = async (): Promise<boolean> => {
    try {
      for await (const message of stream.messages as AsyncIterable<Message>) {
        if ('wal' in message) {
          await writer.take(message.from, message.wal);
          continue;
        }
        await within(ASKED_MS, writer.store());
        confirm();
      }
      await writer.store();
      return true;
    } catch (error) {
      // It was we who ended it.
      if (ending.aborted) return false;
      throw error;
    } finally {
      over.abort();
    }
  };
  const store = async (): Promise<void> => {
    const { time, lsn } = await markNow(client);
    if (!(await comes(writer, lsn, over.signal))) return;
    await writer.store(time);
    confirm();
    stored(time);
  };
  const storeAgain = async (): Promise<void> => {
    for (await store(); !ending.aborted;) {
      await rest(everyMs, ending);
      if (!over.signal.aborted) await store();
    }
  };
  const storing = async (): Promise<void> => {
    try {
      await storeAgain();
    } catch (error) {
      await rest(STREAM_ENDS_MS, ending);
      throw error;
    } finally {
      over.abort();
      stream.messages.destroy();
    }
  };
  try {
    const [received, kept] = await Promise.allSettled([receive(), storing()]);
    if (received.status === 'rejected') throw received.reason;
    // Of sessions that a Postgres ends as it shuts down nobody needs to hear.
    if (kept.status === 'rejected' && !received.value) throw kept.reason;
  } finally {
    clearInterval(confirming);
  }
}

/**
 * A moment of the database's clock, and a place in the WAL before which all that was committed until then is. What is committed here for
 * that is what a recovery to any earlier moment stops at, also where nobody else writes.
 */
async function markNow(client: Client): Promise<{ time: Date; lsn: Lsn }> {
  const { rows: times } = await client.query<{ time: Date }>(
    "SELECT clock_timestamp() AS time FROM pg_logical_emit_message(true, 'transcode', 'archive')",
  );
  const { rows: places } = await client.query<{ lsn: string }>('SELECT pg_current_wal_insert_lsn()::text AS lsn');
  const [time, lsn] = [times[0]?.time, places[0]?.lsn];
  if (time === undefined || lsn === undefined) throw new Error('Postgres said nothing of its log');
  return { time, lsn: parseLsn(lsn) };
}

/** Waits for WAL up to there. False where the stream is over; throws where nothing comes any more. */
async function comes(writer: SegmentWriter, lsn: Lsn, over: AbortSignal): Promise<boolean> {
  let [last, since] = [writer.received, performance.now()];
  while (writer.received < lsn) {
    if (over.aborted) return false;
    if (writer.received !== last) [last, since] = [writer.received, performance.now()];
    if (performance.now() - since > STILL_MS) throw new Error('Postgres sends nothing of what it writes');
    await sleep(POLL_MS);
  }
  return true;
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const late = sleep(ms, undefined, { signal: timer.signal }).then(() => {
    throw new Error('the store takes too long');
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
    late.catch(() => undefined);
  }
}
