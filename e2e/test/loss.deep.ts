import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createDatabase, readCopyStatus, type Database } from '@transcode/db';
import { startStack, waitFor, type Stack } from '@transcode/testing';
import { AAC, inputs, makeCase, X264 } from '@transcode/testing/media';
import { seededRandom } from '@transcode/testing/random';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client } from '../src/client.ts';
import { databaseUrlOf } from '../src/database-url.ts';
import { runTranscodeIn, startInstallation, type Answer, type Installation } from '../src/installation.ts';
import { fillRows, sizeOf } from '../src/loss/fill-rows.ts';
import { peakMemory, peakOf } from '../src/loss/peak-memory.ts';
import { supervisorOf } from '../src/pid-of.ts';

const run = promisify(execFile);
const FFMPEG = path.resolve(import.meta.dirname, '../../.tools/bin/ffmpeg');

const VIDEOS = 200;
const BYTES = 1e9;
const SOURCES = 8;
const FRAMES = 25;
const PLAYED = 8;
/** What the specification allows, and what is ours, in seconds. */
const [DATABASE_RTO, DATABASE_RPO, OUR_RPO] = [30 * 60, 24 * 3600, 60];
/** However large a database is, it passes through a command and not into it. */
const MOST_MIB = 400;
const MINUTE_MS = 60_000;

/** 200 videos that went the whole way through API and workers, and rows of SQL as years of encoding again and of changes leave them. */
describe('200 encoded videos and 1 GB of rows', () => {
  let near: Stack;
  let far: Stack;
  let folder: string;
  let here: Installation;
  let db: Database;
  /** When each row was written that was there until the end. */
  const written: Date[] = [];

  beforeAll(async () => {
    [near, far] = await Promise.all([startStack({ s3: true }), startStack({ s3: true })]);
    folder = await mkdtemp(path.join(tmpdir(), 'loss '));
    here = await startInstallation({
      options: ['--storage', near.storageUrl],
      settings: { ...accessTo(near), ...copiesIn(far), ...backupsIn(far) },
    });
    db = createDatabase(await databaseUrlOf(here.data), { poolSize: 2, silentMs: 5 * MINUTE_MS });
  });
  afterAll(async () => {
    await here.stop();
    await Promise.all([near.dispose(), far.dispose()]);
    await rm(folder, { recursive: true, force: true });
  });

  test('are made, and are in the second store by themselves', { timeout: 60 * MINUTE_MS }, async () => {
    const begun = performance.now();
    const client = new Client(here.url, await here.key('operator'));
    const sources = await Promise.all(Array.from({ length: SOURCES }, (_, at) => sourceOf(at, folder)));
    const videos: string[] = [];
    for (let at = 0; at < VIDEOS; at += 1) videos.push(await client.upload(sources[at % SOURCES] ?? ''));
    for (const id of videos) expect((await client.ended(id, 30 * MINUTE_MS)).state).toBe('ready');
    say(`${VIDEOS} videos were encoded in ${since(begun)}.`);

    const filling = performance.now();
    const bytes = await fillRows(db, BYTES);
    say(`${(bytes / 1e6).toFixed(0)} MB of rows were written in ${since(filling)}.`);
    expect(bytes).toBeGreaterThanOrEqual(BYTES);

    const copying = performance.now();
    await untilAllIsCopied();
    say(`${await db.objectCopy.count()} objects were in the second store ${since(copying)} later.`);
  });

  test('are backed up and proven within a flat memory', { timeout: 30 * MINUTE_MS }, async () => {
    const { answer, told } = await measured('backup');
    expect([answer.code, answer.stderr]).toEqual([0, expect.any(String)]);
    expect(told).toMatch(new RegExp(`Objects of ${VIDEOS} videos`));
  });

  test('are rehearsed to be lost: RTO and RPO are printed, and as specified', { timeout: 40 * MINUTE_MS }, async () => {
    const { answer, told } = await measured('drill');
    expect([answer.code, answer.stderr]).toEqual([0, expect.any(String)]);
    expect(told).toContain('and a video plays');
    expect(secondsAfter('RTO', told)).toBeLessThanOrEqual(DATABASE_RTO);
    expect(secondsAfter('RPO', told)).toBeLessThanOrEqual(DATABASE_RPO);
    expect(told).toMatch(/^RPO \d+ s by WAL/m);
    expect(secondsAfter('RPO', told.slice(told.lastIndexOf('RPO')))).toBeLessThanOrEqual(OUR_RPO);
    expect(await sizeOf(db)).toBeGreaterThanOrEqual(BYTES);
  });

  test(
    'are lost with their disk and the first store, while a row is written each second',
    { timeout: 10 * MINUTE_MS },
    async () => {
      const archived = async (at: Date): Promise<boolean> => (await lastMoment(here.data)) >= at;
      const before = new Date();
      await waitFor(() => archived(before), { timeout: 8 * MINUTE_MS, interval: 2_000 });
      for (let rows = 0; rows < 30; rows += 1) {
        const { at } = await db.audit.create({ data: { action: 'auth.signOut', target: 'a row each second' } });
        written.push(at);
        await sleep(1_000);
      }
      say(`The supervisor had ${Math.round(await peakOf(await supervisorOf(here.data)))} MiB at most.`);
      await destroy(here.data);
      await expect(fetch(here.url)).rejects.toThrow('fetch failed');
      await near.dispose();
      await db.$disconnect();
    },
  );

  test('are rebuilt in an empty folder from the second store only, and play', { timeout: 60 * MINUTE_MS }, async () => {
    const begun = performance.now();
    const anew = path.join(folder, 'anew');
    const settings = { ...accessTo(far), ...backupsIn(far), COPY_URL: '' };
    const there = (...args: string[]) => runTranscodeIn(folder, [...args, '--data', anew], { settings });
    const until = await lastMoment(anew, settings);
    const lost = ((written.at(-1)?.getTime() ?? Number.NaN) - until.getTime()) / 1_000;
    say(`RPO ${Math.max(0, lost).toFixed(0)} s: up to ${until.toISOString()} all is there.`);
    expect(lost).toBeLessThanOrEqual(OUR_RPO);
    const { result: restored, peakMiB } = await peakMemory({ command: 'restore', data: anew }, () =>
      there('restore', '--to', until.toISOString(), '--storage', far.storageUrl),
    );
    say(`${restored.stdout.trim()}\n${since(begun)}, and ${peakMiB} MiB at most.`);
    expect([restored.code, restored.stderr]).toEqual([0, expect.any(String)]);
    expect(restored.stdout).toMatch(new RegExp(`Objects of ${VIDEOS} videos: (?<all>[\\d,]+) of \\k<all> are there`));
    expect(peakMiB).toBeLessThan(MOST_MIB);

    const up = await there('up', '--detach', '--port', new URL(here.url).port, '--storage', far.storageUrl);
    expect([up.code, up.stderr]).toEqual([0, expect.any(String)]);
    try {
      const token = await there('token', '--role', 'viewer');
      const client = new Client(here.url, token.stdout.trim().split(/\s+/).at(-1) ?? '');
      const restoredDb = createDatabase(await databaseUrlOf(anew), { poolSize: 1 });
      const videos = await restoredDb.video.findMany({ where: { state: 'ready' }, select: { id: true } });
      const rows = await restoredDb.audit.count({ where: { target: 'a row each second' } });
      await restoredDb.$disconnect();
      expect(videos).toHaveLength(VIDEOS);
      // One that was begun by then may have been committed later.
      expect(rows).toBeGreaterThanOrEqual(written.filter((at) => at.getTime() <= until.getTime() - 1_000).length);
      expect(rows).toBeGreaterThan(0);
      const [first, ...others] = seededRandom(Date.now()).shuffled(videos).slice(0, PLAYED);
      expect(await framesOf(client, first?.id ?? '', folder)).toBe(FRAMES);
      const seconds = (performance.now() - begun) / 1_000;
      say(`RTO ${seconds.toFixed(0)} s: from nothing but the second store to a video that plays.`);
      expect(seconds).toBeLessThanOrEqual(DATABASE_RTO);
      for (const { id } of others) expect(await framesOf(client, id, folder)).toBe(FRAMES);
    } finally {
      await there('down');
    }
  });

  /** Runs a command, with what it printed and how much memory it took. */
  async function measured(command: string): Promise<{ answer: Answer; told: string }> {
    const begun = performance.now();
    const { result: answer, peakMiB } = await peakMemory({ command, data: here.data }, () => here.transcode(command));
    say(`./transcode ${command}: ${since(begun)}, ${peakMiB} MiB at most.\n${answer.stdout.trim()}`);
    expect(peakMiB).toBeGreaterThan(0);
    expect(peakMiB).toBeLessThan(MOST_MIB);
    return { answer, told: answer.stdout };
  }

  const untilAllIsCopied = (): Promise<unknown> =>
    waitFor(
      async () => {
        const { lagSeconds, waitingObjects, removingObjects } = await readCopyStatus(db);
        return lagSeconds === 0 && waitingObjects + removingObjects === 0 ? true : undefined;
      },
      { timeout: 10 * MINUTE_MS, interval: 1_000 },
    );

  /** Up to when WAL in the store leads. */
  async function lastMoment(data: string, settings: Record<string, string> = backupsIn(far)): Promise<Date> {
    const { stdout } = await runTranscodeIn(folder, ['backup', '--list', '--data', data], { settings });
    return new Date([...stdout.matchAll(/ to (\S+) can be restored by --to/g)].at(-1)?.[1] ?? 0);
  }
});

/** Everything of it ends at once, and its disk is gone. */
async function destroy(data: string): Promise<void> {
  const text = await readFile(path.join(data, 'state.json'), 'utf8');
  const { supervisor, children } = JSON.parse(text) as {
    supervisor: { pid: number };
    children: { identity: { pid: number } }[];
  };
  for (const pid of [supervisor.pid, ...children.map(({ identity }) => identity.pid)]) end(pid);
  await rm(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
}

/** Some end by themselves with who has started them. */
function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Each of them is another one. */
function sourceOf(at: number, folder: string): Promise<string> {
  const name = `night-ferry-${at}`;
  const picture = { width: 160, height: 90, frames: FRAMES, first: at * FRAMES };
  const steps = [[...inputs(picture), ...X264, ...AAC, '{}']];
  return makeCase(FFMPEG, { name, file: `${name}.mp4`, steps, expect: { refused: '' } }, folder);
}

/** Fetches all that is published of it, and decodes it; what is broken ends that. */
async function framesOf(client: Client, id: string, folder: string): Promise<number> {
  const published = path.join(folder, id);
  await client.download(id, published);
  const playlist = path.join(published, 'master.m3u8');
  const argv = ['-v', 'error', '-xerror', '-progress', '-', '-i', playlist, '-map', '0:v:0', '-f', 'null', '-'];
  const { stdout } = await run(FFMPEG, argv);
  return Number([...stdout.matchAll(/^frame=(\d+)$/gm)].at(-1)?.[1]);
}

/** `RTO 95 s`, `RPO 3 min`; as it is printed. */
function secondsAfter(word: string, told: string): number {
  const [, amount, unit = ''] = new RegExp(`^${word} (\\d+) (s|min|h|days)`, 'm').exec(told) ?? [];
  return Number(amount) * ({ s: 1, min: 60, h: 3600, days: 86_400 }[unit] ?? Number.NaN);
}

function accessTo({ s3 }: Stack): Record<string, string> {
  return {
    ...{ S3_ENDPOINT: s3?.endpoint ?? '', AWS_REGION: s3?.region ?? '' },
    ...{ AWS_ACCESS_KEY_ID: s3?.accessKeyId ?? '', AWS_SECRET_ACCESS_KEY: s3?.secretAccessKey ?? '' },
  };
}

function copiesIn({ s3, storageUrl }: Stack): Record<string, string> {
  return {
    ...{ COPY_URL: storageUrl, COPY_S3_ENDPOINT: s3?.endpoint ?? '', COPY_S3_REGION: s3?.region ?? '' },
    ...{ COPY_S3_ACCESS_KEY_ID: s3?.accessKeyId ?? '', COPY_S3_SECRET_ACCESS_KEY: s3?.secretAccessKey ?? '' },
  };
}

function backupsIn({ s3 }: Stack): Record<string, string> {
  return {
    ...{ BACKUP_URL: `s3://${s3?.bucket ?? ''}/backups`, BACKUP_S3_ENDPOINT: s3?.endpoint ?? '' },
    ...{ BACKUP_S3_REGION: s3?.region ?? '', BACKUP_S3_ACCESS_KEY_ID: s3?.accessKeyId ?? '' },
    BACKUP_S3_SECRET_ACCESS_KEY: s3?.secretAccessKey ?? '',
  };
}

const since = (begun: number): string => `${Math.round((performance.now() - begun) / 1_000)} s`;
const say = (line: string): void => void process.stdout.write(`${line}\n`);
