import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitFor } from '@transcode/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningApi } from '../../src/start.ts';
import { install, type Installation } from '../installation.ts';

let here: Installation;
let upstream: Server;
let port = 0;
let api: RunningApi;
let asked = 0;
let hangs = false;

/** Stands for the console. */
async function openConsole(): Promise<void> {
  upstream = createServer((_request, response) => {
    asked += 1;
    if (!hangs) response.end('a page');
  }).listen(port, '127.0.0.1');
  await once(upstream, 'listening');
  ({ port } = upstream.address() as AddressInfo);
}
async function closeConsole(): Promise<void> {
  upstream.close();
  upstream.closeAllConnections();
  await once(upstream, 'close');
}

beforeAll(async () => {
  await openConsole();
  here = await install();
  api = await here.start({ CONSOLE_URL: `http://127.0.0.1:${port}` });
});
beforeEach(() => {
  asked = 0;
  hangs = false;
});
afterAll(async () => {
  await closeConsole();
  await here.dispose();
});

const alive = async (): Promise<unknown> => (await fetch(`${api.url}/alive`)).json();
const WELL = { data: true, pages: true };
const WITHOUT_PAGES = { data: true, pages: false };
/** Asks until it hears that; tells what it heard last. */
const until = (wanted: object): Promise<unknown> =>
  waitFor(
    async () => {
      const heard = await alive();
      return JSON.stringify(heard) === JSON.stringify(wanted) && heard;
    },
    { timeout: 4_000 },
  );

describe('a page asks what it stands on', () => {
  test('and nobody is counted, nor the console asked for each of them', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => fetch(`${api.url}/alive`)));
    for (const answer of answers) {
      expect(await answer.json()).toEqual(WELL);
      expect(answer.headers.get('ratelimit-remaining')).toBeNull();
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    expect(asked).toBeLessThan(5);
  });

  test('is told of a console that has gone, and of one that came back', async () => {
    await closeConsole();
    expect(await until(WITHOUT_PAGES)).toEqual(WITHOUT_PAGES);
    await openConsole();
    expect(await until(WELL)).toEqual(WELL);
  });

  test('is told of a console that hangs, soon', async () => {
    await until(WELL);
    hangs = true;
    await until(WITHOUT_PAGES);
    const begun = performance.now();
    expect(await alive()).toEqual(WITHOUT_PAGES);
    expect(performance.now() - begun).toBeLessThan(2_000);
    hangs = false;
    await until(WELL);
  });
});
