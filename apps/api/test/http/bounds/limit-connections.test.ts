import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '@transcode/testing';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { RunningApi } from '../../../src/start.ts';
import { install, type Installation } from '../../installation.ts';

const MOST = 12;
const MOST_OF_ONE = 6;

let here: Installation;
let api: RunningApi;
let open: Line[] = [];

beforeAll(async () => {
  here = await install();
  const limits = { CONNECTIONS_MAX: String(MOST), CONNECTIONS_MAX_OF_ONE: String(MOST_OF_ONE) };
  api = await here.start({ ...limits, TRUSTED_PROXIES: '127.0.0.9' });
});
afterEach(async () => {
  const closing = open.filter(({ socket }) => !socket.closed).map(({ socket }) => once(socket, 'close'));
  for (const { socket } of open) socket.destroy();
  await Promise.all(closing);
  open = [];
  // Until it has heard of it, too.
  await sleep(50);
});
afterAll(() => here.dispose());

interface Line {
  readonly socket: Socket;
  heard: string;
}

async function line(localAddress: string, first = ''): Promise<Line> {
  const { hostname, port } = new URL(api.url);
  const socket = connect({ host: hostname, port: Number(port), localAddress });
  const made: Line = { socket, heard: '' };
  socket.on('error', () => undefined);
  socket.setEncoding('utf8').on('data', (text: string) => (made.heard += text));
  open.push(made);
  await once(socket, 'connect');
  if (first !== '') socket.write(first);
  // So that the next one comes after it.
  await sleep(10);
  return made;
}

async function lines(count: number, address: string, first = ''): Promise<Line[]> {
  const made: Line[] = [];
  for (let n = 0; n < count; n += 1) made.push(await line(address, first));
  return made;
}

const stillOpen = (all: readonly Line[]): number => all.filter(({ socket }) => !socket.closed).length;
const ask = (path: string, more: readonly string[] = []): string =>
  [`GET ${path} HTTP/1.1`, 'Host: here', ...more, '', ''].join('\r\n');

describe('one more connection than an address may have', () => {
  test('takes the place of the one on which nothing was asked for the longest time', async () => {
    const held = await lines(MOST_OF_ONE, '127.0.0.2');
    held[0]?.socket.write(ask('/health'));
    await waitFor(() => held[0]?.heard.includes('"ok"'));
    const [newest] = await lines(1, '127.0.0.2', ask('/health'));
    await waitFor(() => newest?.heard.includes('"ok"'));
    await waitFor(() => held[1]?.socket.closed);
    expect(stillOpen(held)).toBe(MOST_OF_ONE - 1);
    expect(held[0]?.socket.closed).toBe(false);
  });

  test('takes that of one of which a body does not come', async () => {
    const held = await lines(MOST_OF_ONE, '127.0.0.2', ask('/health', ['Content-Length: 5000']).replace('GET', 'POST'));
    await lines(1, '127.0.0.2');
    await waitFor(() => stillOpen(held) < MOST_OF_ONE);
    expect(stillOpen(held)).toBe(MOST_OF_ONE - 1);
  });

  test('is refused in words where all are at work', async () => {
    const key = await here.key('viewer');
    const events = ask('/api/trpc/events.workspace', [`Authorization: Bearer ${key}`]);
    const held = await lines(MOST_OF_ONE, '127.0.0.2', events);
    await waitFor(() => held.every(({ heard }) => heard.includes('event-stream')));
    const [newest] = await lines(1, '127.0.0.2');
    await waitFor(() => newest?.socket.closed);
    expect(newest?.heard).toMatch(/^HTTP\/1\.1 429 [^]*"code":"too_many_requests"/);
    expect(stillOpen(held)).toBe(MOST_OF_ONE);
    // Others are not concerned.
    const [other] = await lines(1, '127.0.0.3', ask('/health'));
    await waitFor(() => other?.heard.includes('"ok"'));
  });
});

test('a proxy that is named may have as many as all together, and no more', async () => {
  const held = await lines(MOST, '127.0.0.9');
  expect(stillOpen(held)).toBe(MOST);
  await lines(1, '127.0.0.2');
  await waitFor(() => stillOpen(held) === MOST - 1);
});
