import { once } from 'node:events';
import { createServer, request as ask, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { waitFor } from '@transcode/testing';
import type { RunningApi } from '../../src/start.ts';
import { install, type Installation } from '../installation.ts';
import { openSession } from '../sign-in.ts';

interface Heard {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let here: Installation;
let upstream: Server;
let consoleUrl: string;
let api: RunningApi;
let heard: Heard[] = [];

/** Stands for the console, and keeps what it hears. */
beforeAll(async () => {
  here = await install();
  upstream = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      heard.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      const isScript = request.url?.startsWith('/_next/static/') === true;
      if (isScript) response.setHeader('content-type', 'application/javascript; charset=UTF-8');
      response.end(isScript ? SCRIPT : 'a page');
    });
  }).listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  consoleUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  api = await here.start({ CONSOLE_URL: consoleUrl });
});
beforeEach(() => (heard = []));
afterAll(async () => {
  upstream.close();
  await here.dispose();
});

const MIB = 1024 ** 2;
const SCRIPT = 'export const word = "rendition";\n'.repeat(200);

/** Sends so many MiB in pieces, as far as they are taken; the status of the answer. */
async function flood(path: string, mebibytes: number): Promise<{ status: number; sent: number }> {
  const request = ask(`${api.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'transfer-encoding': 'chunked' },
  });
  const answered = new Promise<number>((resolve) => {
    request.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('error', () => resolve(0));
  });
  let sent = 0;
  const piece = Buffer.alloc(MIB, 'x');
  while (sent < mebibytes && !request.destroyed && !request.writableEnded) {
    sent += 1;
    const isFlowing = request.write(piece);
    // A line that breaks is heard of by `answered`.
    const drained = new Promise<void>((resolve) => request.once('drain', resolve));
    const next = await Promise.race([answered, isFlowing ? Promise.resolve() : drained]);
    if (typeof next === 'number') break;
  }
  request.end();
  const status = await answered;
  request.destroy();
  return { status, sent };
}

describe('what is sent to the console', () => {
  test.each(['/sign-in', '/', '/videos/x', '/api/auth/callback/credentials', '/api/auth/_log'])(
    'is not taken by the hundred MiB at %s',
    async (path) => {
      const { status, sent } = await flood(path, 100);
      expect([405, 413]).toContain(status);
      expect(sent).toBeLessThan(20);
      expect(heard).toEqual([]);
    },
  );

  test('passes where somebody signs in, as it was sent', async () => {
    const body = 'email=a%40b.c&password=%F0%9F%8E%AC';
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    await fetch(`${api.url}/api/auth/callback/credentials`, { method: 'POST', headers, body });
    const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"level":"warn"}' };
    await fetch(`${api.url}/api/auth/_log`, json);
    expect(heard.map((each) => [each.url, each.body])).toEqual([
      ['/api/auth/callback/credentials', body],
      ['/api/auth/_log', '{"level":"warn"}'],
    ]);
  });

  test('pages are asked for and nothing else', async () => {
    expect((await fetch(`${api.url}/jobs?state=failed`)).status).toBe(200);
    expect((await fetch(`${api.url}/jobs`, { method: 'HEAD' })).status).toBe(200);
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await fetch(`${api.url}/jobs`, { method });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
    expect(heard.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /jobs?state=failed', 'HEAD /jobs']);
  });
});

describe('for whom the console asks', () => {
  test('it can say with what it was given, and nobody can by an address alone', async () => {
    await fetch(`${api.url}/sign-in`, {
      headers: { 'x-forwarded-for': '203.0.113.9', 'x-transcode-caller': 'forged' },
    });
    const headers = heard[0]?.headers;
    expect(headers?.['x-forwarded-for']).toBe('203.0.113.9');
    const sealed = String(headers?.['x-transcode-caller']);
    const careful = await here.start({ TRUSTED_PROXIES: '' });
    const person = await here.person('viewer');
    const from = async (sent: Record<string, string>): Promise<unknown> => {
      await fetch(`${careful.url}/api/v1/auth/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...sent },
        body: JSON.stringify({ email: person.email, password: 'correct horse battery staple' }),
      });
      const last = await here.db.audit.findFirstOrThrow({ where: { actorUserId: person.id }, orderBy: { id: 'desc' } });
      return last.details;
    };
    expect(await from({ 'x-transcode-caller': sealed })).toEqual({ address: '203.0.113.9' });
    expect(await from({ 'x-forwarded-for': '198.51.100.1' })).toEqual({ address: '127.0.0.1' });
    const [, until, signature] = sealed.split(' ');
    expect(await from({ 'x-transcode-caller': `198.51.100.1 ${until} ${signature}` })).toEqual({
      address: '127.0.0.1',
    });
  });
});

describe('strangers', () => {
  test('have one page made at a time, and who is signed in waits for none of them', async () => {
    const cookie = await here.cookie(await openSession(api, await here.person('viewer')));
    let open: (() => void)[] = [];
    const slow = createServer((request, response) => {
      if (request.headers.cookie === undefined) open.push(() => response.end('a page'));
      else response.end('a page of my own');
    }).listen(0, '127.0.0.1');
    await once(slow, 'listening');
    const busy = await here.start({ CONSOLE_URL: `http://127.0.0.1:${(slow.address() as AddressInfo).port}` });
    const from = (address: string): Promise<Response> =>
      fetch(`${busy.url}/sign-in`, { headers: { 'x-forwarded-for': address } });
    const asked = Array.from({ length: 250 }, async () => (await from('203.0.113.1')).status);
    await waitFor(() => open.length === 1);
    const other = from('203.0.113.2');
    expect(await (await fetch(`${busy.url}/`, { headers: { cookie } })).text()).toBe('a page of my own');
    expect(open).toHaveLength(1);
    // Nobody has it all: the other's turn is the next but one, not the last.
    let turns = 0;
    const answered = new AbortController();
    void other.then(() => answered.abort());
    while (turns < 20 && !answered.signal.aborted) {
      const [end, ...rest] = open;
      open = rest;
      end?.();
      turns += 1;
      await waitFor(() => open.length === 1);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(turns).toBeLessThan(10);
    const ending = setInterval(() => {
      for (const end of open.splice(0)) end();
    }, 5);
    const statuses = await Promise.all(asked);
    clearInterval(ending);
    slow.close();
    // So many may wait.
    expect(statuses.filter((status) => status === 200)).toHaveLength(201);
    expect(statuses.filter((status) => status === 429)).toHaveLength(49);
  });
});

async function me({ url }: RunningApi, cookie: string): Promise<number> {
  return (await fetch(`${url}/api/v1/me`, { headers: { cookie } })).status;
}

describe('where people come is one setting', () => {
  test('what a request says of its host changes nothing then', async () => {
    const set = await here.start({ CONSOLE_URL: consoleUrl, PUBLIC_URL: 'https://video.example.org/' });
    const lies = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
    await new Promise((resolve) => {
      ask(`${set.url}/sign-in`, { headers: lies }, (response) => response.resume().on('end', resolve)).end();
    });
    expect(heard[0]?.headers).toMatchObject({
      host: 'video.example.org',
      'x-forwarded-host': 'video.example.org',
      'x-forwarded-proto': 'https',
    });
  });

  test('a cookie that plain http may have set counts only where people come by that', async () => {
    const person = await here.person('viewer');
    const cookie = await here.cookie(await openSession(api, person));
    const [open, secure] = [
      await here.start({ PUBLIC_URL: 'http://video.example.org' }),
      await here.start({ PUBLIC_URL: 'https://video.example.org' }),
    ];
    expect([await me(open, cookie), await me(open, `__Secure-${cookie}`)]).toEqual([200, 401]);
    expect([await me(secure, cookie), await me(secure, `__Secure-${cookie}`)]).toEqual([401, 200]);
  });

  test.each(['10.0.0.0/33', 'loopback', '300.1.1.1', '::1/129'])('a proxy called %s is refused', async (proxies) => {
    await expect(here.start({ TRUSTED_PROXIES: proxies })).rejects.toThrow('TRUSTED_PROXIES');
  });
});

const askForScript = (accepted: string): Promise<Response> =>
  fetch(`${api.url}/_next/static/chunks/a.js`, { headers: { 'accept-encoding': accepted, range: 'bytes=0-9' } });

describe('scripts of the console', () => {
  test.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
  ])('come whole to who accepts %s, packed as %s', async (accepted, packed) => {
    const answer = await askForScript(accepted);
    expect(answer.headers.get('content-encoding')).toBe(packed);
    expect(await answer.text()).toBe(SCRIPT);
    expect(heard.at(-1)?.headers).toMatchObject({ 'accept-encoding': 'identity' });
    expect(heard.at(-1)?.headers.range).toBeUndefined();
  });

  test('pages come as the console packs them', async () => {
    const answer = await fetch(`${api.url}/sign-in`, { headers: { 'accept-encoding': 'br' } });
    expect(answer.headers.get('content-encoding')).toBeNull();
    expect(heard.at(-1)?.headers['accept-encoding']).toBe('br');
  });
});
