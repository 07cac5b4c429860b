import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningApi } from '../src/start.ts';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';
import { someBytes, tus } from './tus.ts';
import type { TusClient } from './tus.ts';

let here: Installation;
let api: RunningApi;
let client: TusClient;
let key: string;

beforeAll(async () => {
  here = await install();
  api = await here.start({ HEADERS_TIMEOUT_SECONDS: '0.5', BODY_IDLE_SECONDS: '0.5', UPLOAD_IDLE_SECONDS: '1' });
  key = await here.key('editor');
  client = tus(api, key);
});
afterAll(() => here.dispose());

/** A connection, and all that came of it once it was closed at the other end. */
async function line(): Promise<{ socket: Socket; closed: Promise<string> }> {
  const { hostname, port } = new URL(api.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
  // A client that goes on writing hears of it so.
  socket.on('error', () => undefined);
  return { socket, closed: once(socket, 'close').then(() => heard) };
}

const head = (method: string, path: string, more: readonly string[]): string =>
  [`${method} ${path} HTTP/1.1`, 'Host: here', `Authorization: Bearer ${key}`, ...more, '', ''].join('\r\n');

/** Writes piece after piece until the connection is closed, or so many are written. */
function drip(socket: Socket, everyMs: number, { piece = ' ', times = Infinity } = {}): void {
  let written = 0;
  const timer = setInterval(() => {
    if (written < times) socket.write(piece);
    written += 1;
  }, everyMs);
  socket.once('close', () => clearInterval(timer));
}

const TIMEOUT = /^HTTP\/1\.1 408 Request Timeout\r\n[^]*"code":"request_timeout"/;
const JSON_BODY = ['Content-Type: application/json', 'Content-Length: 100000'];

describe('a connection is closed, and told why, on which', () => {
  test('nothing comes', async () => {
    expect(await (await line()).closed).toMatch(TIMEOUT);
  });

  test('headers come one by one', async () => {
    const { socket, closed } = await line();
    socket.write('GET /health HTTP/1.1\r\nHost: here\r\n');
    drip(socket, 50, { piece: 'X-More: 1\r\n' });
    expect(await closed).toMatch(TIMEOUT);
  });

  test.for(['/api/v1/presets', '/api/trpc/presets.create', '/api/v1/auth/sign-in'])(
    'no body comes to %s',
    async (path) => {
      const { socket, closed } = await line();
      socket.write(head('POST', path, JSON_BODY));
      expect(await closed).toMatch(TIMEOUT);
    },
  );

  test('a body comes byte by byte', async () => {
    const { socket, closed } = await line();
    socket.write(head('POST', '/api/v1/presets', JSON_BODY));
    drip(socket, 50);
    expect(await closed).toMatch(TIMEOUT);
  });

  test('a body comes in chunks without an end', async () => {
    const { socket, closed } = await line();
    socket.write(head('POST', '/api/v1/presets', ['Content-Type: application/json', 'Transfer-Encoding: chunked']));
    drip(socket, 50, { piece: '1\r\n \r\n' });
    expect(await closed).toMatch(TIMEOUT);
  });
});

test.for(['/health', '/ready', '/media/none/x.mpd', '/nowhere'])(
  'a connection is closed once %s was answered, where a body was announced that nobody reads',
  async (path) => {
    const { socket, closed } = await line();
    socket.write(head('GET', path, ['Content-Length: 100000']));
    expect(await closed).toMatch(/^HTTP\/1\.1 \d{3} /);
  },
);

test('a header that is too large is refused in words', async () => {
  const { socket, closed } = await line();
  socket.write(head('GET', '/health', [`X-Large: ${'x'.repeat(100_000)}`]));
  expect(await closed).toMatch(/^HTTP\/1\.1 431 [^]*"code":"headers_too_large"/);
});

test('a body that takes its time, but not too much of it, is read', async () => {
  const { socket, closed } = await line();
  const body = JSON.stringify({ email: 'nobody@example.org', password: 'x'.repeat(500) });
  const half = body.length / 2;
  const more = ['Content-Type: application/json', `Content-Length: ${body.length}`, 'Connection: close'];
  socket.write(head('POST', '/api/v1/auth/sign-in', more) + body.slice(0, half));
  setTimeout(() => socket.write(body.slice(half)), 350);
  expect(await closed).toMatch(/^HTTP\/1\.1 401 /);
});

const patch = (path: string, length: number): string =>
  head('PATCH', path, [
    ...['Tus-Resumable: 1.0.0', 'Upload-Offset: 0', 'Content-Type: application/offset+octet-stream'],
    `Content-Length: ${length}`,
  ]);

describe('an upload', () => {
  test('that falls silent is closed, and what came is kept', async () => {
    const path = await client.begin(100_000);
    const { socket, closed } = await line();
    socket.write(patch(path, 100_000));
    socket.write(someBytes(5_000));
    expect(await closed).toBe('');
    expect(await client.offset(path)).toBe(5_000);
  });

  test('that comes slowly is taken for as long as it comes', async () => {
    const path = await client.begin(20);
    const { socket, closed } = await line();
    socket.write(patch(path, 20));
    drip(socket, 150, { times: 20 });
    socket.once('data', () => socket.end());
    expect(await closed).toMatch(/^HTTP\/1\.1 204 /);
  });
});
