import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchReaders } from '../../../src/http/bounds/watch-readers.ts';

const IDLE_MS = 300;
/** More than the system takes for somebody who does not read. */
const LARGE = Buffer.alloc(64 * 1024 ** 2);

let server: Server;
let closedAtServer: boolean;

beforeEach(async () => {
  closedAtServer = false;
  server = createServer((request, response) => {
    request.socket.once('close', () => (closedAtServer = true));
    if (request.url === '/slow') setTimeout(() => response.end('made'), IDLE_MS * 4);
    else response.end(LARGE);
  }).listen(0, '127.0.0.1');
  watchReaders(server, { idleMs: IDLE_MS, except: (path) => path.startsWith('/media') });
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function ask(path: string): Socket {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: here\r\n\r\n`);
  return socket;
}

test.for([
  ['/', true],
  ['/media/x', false],
] as const)('an answer of %s that nobody reads is broken off: %s', async ([path, isClosed]) => {
  const socket = ask(path);
  await sleep(IDLE_MS * 5);
  expect(closedAtServer).toBe(isClosed);
  socket.destroy();
});

test('who reads, if slowly, is answered', async () => {
  const socket = ask('/');
  let bytes = 0;
  for await (const piece of socket) {
    bytes += (piece as Buffer).length;
    if (bytes >= LARGE.length) break;
    if (bytes % 16 === 0) await sleep(1);
  }
  expect(bytes).toBeGreaterThanOrEqual(LARGE.length);
});

test('an answer that takes long to make is waited for', async () => {
  const socket = ask('/slow');
  const [heard] = (await once(socket.setEncoding('utf8'), 'data')) as [string];
  expect(heard).toContain('made');
  socket.destroy();
});
