import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { METHODS } from 'node:http';
import { Problem } from '@transcode/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { startProcess } from './api-process.ts';
import type { ApiProcess } from './api-process.ts';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';
import { rawRequest } from './raw-request.ts';
import { rawSocket } from './raw-socket.ts';
import type { RawAnswer } from './raw-socket.ts';
import { slowRequest } from './slow-request.ts';
import { MiB, someBytes, tus } from './tus.ts';

const LogLine = z.looseObject({ level: z.string(), msg: z.string() });

let here: Installation;
let api: ApiProcess;
let upstream: Server;
let key: string;

beforeAll(async () => {
  here = await install();
  upstream = createServer((request, response) => {
    request.resume().once('end', () => response.end(`the console at ${request.url ?? ''}`));
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const { port } = upstream.address() as AddressInfo;
  api = await startProcess({ ...here.env, CONSOLE_URL: `http://127.0.0.1:${port}` });
  key = await here.key('editor');
});
afterAll(async () => {
  await api.end('SIGTERM');
  upstream.close();
  await here.dispose();
});

/** The proxy warns of a line that broke by itself. */
const complaints = (): string[] =>
  api.log.filter((line) => ['error', 'fatal'].includes(LogLine.parse(JSON.parse(line)).level));

function problemIn({ headers, body }: RawAnswer): Problem {
  expect(headers.get('content-type')).toBe('application/problem+json');
  const problem = Problem.parse(JSON.parse(body));
  expect(problem.requestId).toBe(headers.get('x-request-id'));
  return problem;
}

const get = (more: string, path = '/api/v1/presets'): string => `GET ${path} HTTP/1.1\r\n${more}\r\n\r\n`;

describe('what no client sends is answered with a problem', () => {
  test.for([
    ['two hosts', get('Host: a.example\r\nHost: b.example'), 400, 'bad_request'],
    ['the same host twice', get('Host: a.example\r\nhost: a.example'), 400, 'bad_request'],
    ['no host', get('Accept: */*'), 400, 'bad_request'],
    ['two hosts for an upload', get('Host: a\r\nHost: b', '/api/uploads/x'), 400, 'bad_request'],
    ['two hosts for the console', get('Host: a\r\nHost: b', '/videos'), 400, 'bad_request'],
    ['a header without a colon', get('Host: a\r\nnonsense'), 400, 'bad_request'],
    ['a NUL in a header', get('Host: a\r\nX-A: \0'), 400, 'bad_request'],
    [
      'two lengths',
      'POST /api/v1/keys HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      400,
      'bad_request',
    ],
    [
      'a length and chunks',
      'POST /api/v1/keys HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'bad_request',
    ],
    ['a method that is none', 'FROB / HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'bad_request'],
    ['another protocol', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400, 'bad_request'],
    ['headers that do not end', get(`Host: a\r\nX-A: ${'x'.repeat(40_000)}`), 431, 'headers_too_large'],
  ] satisfies [string, string, number, string][])('%s', async ([, sent, status, code]) => {
    const answer = await rawSocket(api.url, sent);
    expect([answer.status, problemIn(answer)]).toMatchObject([status, { status, code }]);
  });

  test('an expectation that nobody knows is passed over', async () => {
    const answer = await rawSocket(api.url, get('Host: a\r\nConnection: close\r\nExpect: the-unexpected', '/health'));
    expect(answer.status).toBe(200);
  });
});

describe('no method is too odd', () => {
  const methods = METHODS.filter((method) => method !== 'CONNECT');
  test.for(['/api/v1/videos', '/api/nothing', '/api/trpc/me.get', '/api/uploads', '/media/a/b', '/videos', '/health'])(
    '%s',
    async (path) => {
      for (const method of methods) {
        const answer = await rawRequest(api.url, method, path, { authorization: `Bearer ${key}` });
        expect([method, answer.status < 500]).toEqual([method, true]);
        if (answer.status < 400 || method === 'HEAD' || path.startsWith('/api/trpc')) continue;
        expect([method, answer.headers['content-type']]).toEqual([method, 'application/problem+json']);
      }
      const answer = await rawRequest(api.url, 'QUERY', path, { authorization: `Bearer ${key}` });
      const isNowhere = path === '/api/nothing';
      expect([answer.status, answer.headers.allow === undefined]).toEqual([isNowhere ? 404 : 405, isNowhere]);
    },
  );
});

describe('no path of the console is too odd', () => {
  test.for([
    '/..',
    '/a/../b',
    '/%2e%2e/a',
    '//a.example/b',
    '///',
    '/a/..%2Fb',
    '/\\..\\a',
    '/a%5C..%5Cb',
    '/%',
    '/%ED%A0%80',
  ])('%s', async (path) => {
    const answer = await rawRequest(api.url, 'GET', path);
    expect(answer.status).toBe(400);
    expect(Problem.parse(JSON.parse(answer.body))).toMatchObject({ status: 400, code: 'bad_request' });
  });

  test('and what is not, is passed on', async () => {
    for (const path of ['/a//b', '/a/.b', '/a..b', '/a%20b'])
      expect((await rawRequest(api.url, 'GET', path)).body).toBe(`the console at ${path}`);
  });
});

const broken = async (method: string, path: string, headers: Record<string, string>): Promise<void> => {
  const sending = slowRequest(method, api.url + path, { 'content-length': '1000000', ...headers });
  await sending.write(someBytes(1_000));
  await new Promise((resolve) => setTimeout(resolve, 300));
  sending.cut();
};

describe('a body that breaks off', () => {
  test.for(['/api/v1/keys', '/api/trpc/keys.create', '/videos', '/api/auth/signin'])(
    'at %s is nobody’s fault here',
    async (path) => {
      const before = complaints().length;
      await broken('POST', path, { 'content-type': 'application/json', authorization: `Bearer ${key}` });
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      expect(complaints().slice(before)).toEqual([]);
    },
  );

  test('of an upload is none either', async () => {
    const path = await tus(api, key).begin(MiB);
    const before = complaints().length;
    await broken('PATCH', path, {
      authorization: `Bearer ${key}`,
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
    });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(complaints().slice(before)).toEqual([]);
  });
});

test('all of that made nothing fail', () => expect(complaints()).toEqual([]));
