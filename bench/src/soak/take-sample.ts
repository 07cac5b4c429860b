import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@transcode/db';
import type { Redis } from 'ioredis';
import { collectedMemory } from '@transcode/testing';
import type { InspectedProcess } from '../inspected-process.ts';
import { openFiles } from '../process-table.ts';
import type { Sample } from './flatness.ts';

export interface Watched {
  readonly db: Database;
  readonly redis: Redis;
  readonly processes: Readonly<Record<string, InspectedProcess>>;
}

/** A connection that is just being opened or closed is not growth: the least of several looks counts. */
const LOOKS = 5;
const LOOK_MS = 400;
/** The API's counters for its rate limits go by themselves within a minute, what workers said about jobs within a day. */
const EXPIRING = /^transcode:(rate|log):/;

/** Measures an installation that has nothing to do. */
export async function takeSample({ db, redis, processes }: Watched, videos: number): Promise<Sample> {
  const values: Record<string, number> = {};
  for (let look = 0; look < LOOKS; look += 1) {
    if (look > 0) await sleep(LOOK_MS);
    for (const [name, { pid }] of Object.entries(processes)) least(values, `open files of ${name}`, openFiles(pid));
  }
  for (const [name, { inspector, metricsUrl }] of Object.entries(processes)) {
    const { heap, resident } = await collectedMemory(inspector);
    values[`heap of ${name}, MiB`] = heap;
    values[`memory of ${name}, MiB`] = resident;
    values[`series of ${name}`] = await countSeries(metricsUrl);
  }
  values['keys in Redis'] = await countKeys(redis);
  for (const table of await tables(db)) values[`rows of ${table}`] = await countRows(db, table);
  return { videos, values };
}

function least(values: Record<string, number>, name: string, value: number): void {
  values[name] = Math.min(values[name] ?? Infinity, value);
}

/** Of the metrics that it exports. */
async function countSeries(metricsUrl: string): Promise<number> {
  const text = await (await fetch(metricsUrl)).text();
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;
}

async function countKeys(redis: Redis): Promise<number> {
  let count = 0;
  for await (const keys of redis.scanStream({ count: 500 }))
    count += (keys as string[]).filter((key) => !EXPIRING.test(key)).length;
  return count;
}

async function tables(db: Database): Promise<string[]> {
  const rows = await db.$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_name NOT LIKE '\\_%' ORDER BY table_name`;
  return rows.map(({ name }) => name);
}

/** The name is the database's own. */
async function countRows(db: Database, table: string): Promise<number> {
  const [row] = await db.$queryRawUnsafe<{ count: number }[]>(`SELECT count(*)::int AS count FROM "${table}"`);
  return row?.count ?? Number.NaN;
}
