import { TranscodeError } from '@transcode/contracts';
import { DatabaseError, type Client } from 'pg';
import { besideIt, withClient } from '../connection.ts';
import type { Engine } from '../engine.ts';
import { reasonOf } from '../load.ts';
import { checkRecipients } from '../seal.ts';
import { historyFile, segmentStart } from './lsn.ts';
import { archiveId, historyKey, readArchives, type Archive } from './read-archives.ts';
import { OtherPast, SegmentWriter } from './segment-writer.ts';
import { readySlot, SLOT } from './slot.ts';
import { readHistory, type Stretch } from './timeline.ts';
import { followStream } from './follow-stream.ts';
import { WalStream, withReplication } from './wal-stream.ts';
import { whereToBegin } from './where-to-begin.ts';

export type ArchiveEngine = Pick<Engine, 'store' | 'databaseUrl' | 'recipients' | 'say'>;

export interface ArchiveOptions {
  /** How often what was written is stored: so much may be lost. */
  everyMs: number;
  /** Stores what there is, and ends. */
  signal: AbortSignal;
  /** Called each time that all of a moment is in the store. */
  stored?: (archive: string, until: Date) => void;
}

/** The server has what came before, or comes from, something else than the archive. */
const BROKEN = /has already been removed|ahead of the WAL flush position|is not in this server's history/;

/**
 * Streams what Postgres writes into the store until it is told to end, or Postgres shuts down. Throws what is in the way; begun again it
 * goes on where the store ends. Postgres keeps what was not stored yet, and is asked for no more than that. Where it no longer has it, a new
 * archive is begun: what lies between cannot be restored.
 */
export async function archiveWal(engine: ArchiveEngine, options: ArchiveOptions): Promise<void> {
  checkRecipients(engine.recipients);
  await engine.store.health();
  try {
    await goOn(engine, options, false);
  } catch (error) {
    if (!isBroken(error)) throw told(error);
    engine.say?.(`The WAL does not go on where the store ends (${reasonOf(error)}), so another archive is begun.`);
    await goOn(engine, options, true).catch((again: unknown) => {
      throw told(again);
    });
  }
}

async function goOn(engine: ArchiveEngine, options: ArchiveOptions, anew: boolean): Promise<void> {
  await withReplication(engine.databaseUrl, async (replication) => {
    // Nobody is to be kept from replacing our own database.
    await withClient(besideIt(engine.databaseUrl, 'postgres'), async (client) => {
      const restart = await readySlot(client);
      const found = await lookAround(engine, replication, client);
      const begun = anew ? undefined : found.archive && whereToBegin(found.archive, found.history, found.segmentBytes);
      if (found.archive !== undefined && !anew && begun === undefined)
        throw new OtherPast(`it is on timeline ${found.timeline}, which does not come from it`);
      const archive = begun === undefined ? archiveId(found.system, found.lastNumber + 1) : (found.archive?.id ?? '');
      const { timeline, from } = begun ?? {
        timeline: found.timeline,
        from: segmentStart(restart, found.segmentBytes),
      };
      await storeHistories(engine, archive, found.histories);
      const pieces = begun === undefined ? [] : (found.archive?.pieces ?? []);
      const writer = new SegmentWriter({
        ...{ store: engine.store, recipients: engine.recipients, archive, timeline, from },
        segmentBytes: found.segmentBytes,
        stored: pieces.filter((piece) => piece.timeline === timeline && piece.from >= from),
        until: new Date(Math.max(0, ...pieces.map(({ until }) => until.getTime()))),
      });
      const stream = new WalStream(SLOT, { timeline, from });
      replication.query(stream);
      const { everyMs, signal, stored } = options;
      await followStream({ stream, writer, client, everyMs, signal, stored: (until) => stored?.(archive, until) });
    });
  });
}

interface Surroundings {
  system: string;
  timeline: number;
  segmentBytes: bigint;
  history: readonly Stretch[];
  /** As Postgres has written them, by timeline. */
  histories: ReadonlyMap<number, string>;
  /** The newest of this Postgres. */
  archive: Archive | undefined;
  lastNumber: number;
}

async function lookAround({ store }: ArchiveEngine, replication: Client, client: Client): Promise<Surroundings> {
  const { rows } = await replication.query<{ systemid: string; timeline: number | string }>('IDENTIFY_SYSTEM');
  const system = rows[0]?.systemid ?? '';
  const timeline = Number(rows[0]?.timeline);
  const histories = new Map<number, string>();
  const text = await historyOf(replication, timeline);
  const history = readHistory(text, timeline);
  for (const stretch of history)
    if (stretch.timeline > 1) histories.set(stretch.timeline, await historyOf(replication, stretch.timeline));
  const { rows: sizes } = await client.query<{ bytes: string }>(
    "SELECT setting AS bytes FROM pg_settings WHERE name = 'wal_segment_size'",
  );
  const archives = await readArchives(store);
  return {
    ...{ system, timeline, history, histories, segmentBytes: BigInt(sizes[0]?.bytes ?? 0) },
    archive: archives.findLast((archive) => archive.system === system),
    lastNumber: Math.max(0, ...archives.map(({ number }) => number)),
  };
}

async function historyOf(replication: Client, timeline: number): Promise<string> {
  if (timeline <= 1) return '';
  const { rows } = await replication.query<{ content: Buffer | string }>(`TIMELINE_HISTORY ${timeline}`);
  return rows[0]?.content.toString() ?? '';
}

async function storeHistories(
  { store }: ArchiveEngine,
  archive: string,
  histories: ReadonlyMap<number, string>,
): Promise<void> {
  for (const [timeline, text] of histories) {
    const key = historyKey(archive, historyFile(timeline));
    if ((await store.head(key)) === undefined) await store.put(key, Buffer.from(text));
  }
}

const OBJECT_IN_USE = '55006';

const isBroken = (error: unknown): boolean =>
  error instanceof OtherPast || (error instanceof DatabaseError && BROKEN.test(error.message));

function told(error: unknown): unknown {
  if (error instanceof TranscodeError) return error;
  if (error instanceof DatabaseError && error.code === OBJECT_IN_USE)
    return new TranscodeError('archive_running', {}, { cause: error });
  if (error instanceof DatabaseError && error.code?.startsWith('57P') === true)
    return new TranscodeError('database_unavailable', {}, { cause: error });
  return new TranscodeError('archive_failed', { reason: reasonOf(error) }, { cause: error });
}
