import { openDeafLine, waitFor, type DeafLine } from '@transcode/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { RunningApi } from '../../src/start.ts';
import { freshDatabase } from '../fresh-database.ts';
import { install, type Installation } from '../installation.ts';

/** Where it is asked for every five seconds, Prometheus gives up a scrape that takes longer. */
const MOST_MS = 5_000;

let line: DeafLine;
let here: Installation;
let api: RunningApi;

beforeAll(async () => {
  const url = new URL(await freshDatabase(inject('templateUrl')));
  line = await openDeafLine({ port: Number(url.port) });
  url.port = String(line.port);
  here = await install({ env: { DATABASE_URL: url.href } });
  api = await here.start();
});
afterAll(async () => {
  await here.dispose();
  await line.close();
});

const scrape = async (): Promise<string> => (await fetch(`${api.metricsUrl}/metrics`)).text();
const LOOKED_UP = /^transcode_(?:tasks_waiting|workers|outbox_pending|database_size_bytes)\b/m;

test('while Postgres hangs a scrape is answered in time, says so, and repeats nothing that was so before', async () => {
  await waitFor(async () => LOOKED_UP.test(await scrape()));
  line.fallSilent();
  const times: number[] = [];
  const silent = await waitFor(async () => {
    const began = performance.now();
    const text = await scrape();
    times.push(performance.now() - began);
    return !LOOKED_UP.test(text) && text;
  });
  expect(Math.max(...times)).toBeLessThan(MOST_MS);
  expect(silent).toContain('transcode_database_up 0');
  expect(silent).toContain('transcode_redis_up 1');
});
