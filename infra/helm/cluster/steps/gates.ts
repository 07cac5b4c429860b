import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { glob, mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { only } from '../../test/helm/manifest.ts';
import { INSTALL, render } from '../../test/helm/render.ts';
import type { Annotations, Gate } from '../gates/gate.ts';
import { haproxyCfg } from '../gates/haproxy.ts';
import { nginxConf } from '../gates/nginx.ts';
import { answerTo, ask, certify, HOST, openRequest, startGate } from '../means/behind-gate.ts';
import { HOUSE, KEPT } from '../means/house.ts';
import { runScript } from '../means/run-script.ts';
import { say } from '../means/say.ts';

const run = promisify(execFile);
const [API, SLOW] = [18_180, 18_181];
const MIB = 1024 ** 2;
/** Longer than what these programs wait for an answer unless they are told. */
const SILENCE_MS = 65_000;
const SESSION = { 'tus-resumable': '1.0.0' };

interface Preset {
  readonly controller: 'ingress-nginx' | 'nginx' | 'haproxy';
  readonly port: number;
  /** Whether a body is handed on while it comes. F5's has no annotation that says so. */
  readonly streams: boolean;
}
const PRESETS: readonly Preset[] = [
  { controller: 'ingress-nginx', port: 18_200, streams: true },
  { controller: 'nginx', port: 18_210, streams: false },
  { controller: 'haproxy', port: 18_220, streams: true },
];

async function annotationsOf(controller: string): Promise<Annotations> {
  const objects = await render([...INSTALL, '--set', `ingress.controller=${controller}`]);
  return only(objects, 'Ingress', 'api').metadata.annotations ?? {};
}

/** A gate of the chart's annotations before something on this machine. */
async function open({ controller }: Preset, gate: Gate): Promise<AsyncDisposable> {
  await certify(gate.folder);
  const annotations = await annotationsOf(controller);
  return controller === 'haproxy'
    ? startGate('haproxy', haproxyCfg(annotations, gate), gate)
    : startGate('nginx', nginxConf(controller, annotations, gate), gate);
}

/** Debian's programs with what the chart's presets give, before an API of this machine: no cluster has a part in it. */
export function gates(): void {
  describe('behind', () => {
    const disposables = new AsyncDisposableStack();
    let folder = '';
    let key = '';
    const gateOf = ({ controller, port }: Preset, upstream: number): Gate => {
      const own = upstream === API ? 0 : 2;
      return { http: port + own, https: port + own + 1, upstream, folder: join(folder, `${controller}-${upstream}`) };
    };
    const settings = [`PUBLIC_URL=https://${HOST}`, 'TRUSTED_PROXIES=127.0.0.1/32'];
    const transcode = (...args: readonly string[]) =>
      run('env', [...settings, join(HOUSE, 'transcode'), ...args, '--data', join(folder, 'data')]);

    beforeAll(async () => {
      await runScript('gates/build', join(KEPT, 'bin'));
      folder = await mkdtemp(join(tmpdir(), 'gates-'));
      disposables.defer(() => rm(folder, { recursive: true }));
      // Where nothing runs it has nothing to do.
      disposables.defer(async () => void (await transcode('down')));
      await transcode('up', '--detach', '--port', String(API));
      key = (await transcode('token')).stdout.trim();
      const slow = createServer((_, response) => void setTimeout(() => response.end('At last.'), SILENCE_MS));
      disposables.use(slow.listen(SLOW, '127.0.0.1'));
      for (const preset of PRESETS)
        for (const upstream of [API, SLOW]) disposables.use(await open(preset, gateOf(preset, upstream)));
    });
    afterAll(() => disposables.disposeAsync());

    const headers = (): Record<string, string> => ({ ...SESSION, authorization: `Bearer ${key}` });

    describe.for(PRESETS)('$controller', (preset) => {
      test('who comes without TLS is sent on, and the API knows of it who comes with it', async () => {
        const gate = gateOf(preset, API);
        const plain = await fetch(`http://127.0.0.1:${gate.http}/api/v1/me`, {
          redirect: 'manual',
          headers: { host: HOST },
        });
        expect([301, 302, 308]).toContain(plain.status);
        expect(plain.headers.get('location')).toMatch(/^https:/);
        const me = await ask(gate, '/api/v1/me', { headers: headers() });
        expect(me.status).toBe(200);
        expect(me.headers['strict-transport-security']).toMatch(/max-age=\d{6,}/);
      });

      test('a body of 48 MiB comes through in one request, while it is sent where that is promised', async () => {
        const gate = gateOf(preset, API);
        const made = await ask(gate, '/api/uploads', {
          method: 'POST',
          headers: {
            ...headers(),
            'upload-length': String(48 * MIB),
            'upload-metadata': `filename ${btoa('noise.mp4')}`,
          },
        });
        expect(made.status).toBe(201);
        const { pathname } = new URL(made.headers.location ?? '', `https://${HOST}`);
        const before = await growing(folder);
        const patch = await openRequest(gate, pathname, {
          method: 'PATCH',
          headers: {
            ...headers(),
            ...{
              'upload-offset': '0',
              'content-type': 'application/offset+octet-stream',
              'content-length': String(48 * MIB),
            },
          },
        });
        const half = randomBytes(24 * MIB);
        patch.write(half);
        await sleep(5_000);
        const arrived = (await growing(folder)) - before;
        say(`Behind ${preset.controller} ${Math.round(arrived / MIB)} of 24 MiB were kept while the request was open.`);
        expect(arrived > 16 * MIB).toBe(preset.streams);
        patch.end(half);
        expect((await answerTo(patch)).statusCode).toBe(204);
      });

      test('a line of events is told at once, and stays', async () => {
        const events = await openRequest(gateOf(preset, API), '/api/trpc/events.workspace', { headers: headers() });
        const started = Date.now();
        events.end();
        const response = await answerTo(events);
        const came: { at: number; said: string }[] = [];
        response.on('data', (bytes: Buffer) => came.push({ at: Date.now() - started, said: bytes.toString() }));
        response.on('error', () => undefined);
        await sleep(25_000);
        const closed = { closed: response.closed, came };
        events.destroy();
        expect(closed).toMatchObject({ closed: false });
        expect(response.headers['content-type']).toContain('text/event-stream');
        expect(came[0]?.said).toContain('event: connected');
        expect(came[0]?.at).toBeLessThan(3_000);
        const pings = came.filter(({ said }) => said.includes('event: ping'));
        // Every ten seconds, each by itself.
        expect(pings.length).toBe(2);
      });

      test('an answer that takes longer than a minute is waited for', async () => {
        const { status, body } = await ask(gateOf(preset, SLOW), '/');
        expect({ status, body }).toEqual({ status: 200, body: 'At last.' });
      });
    });
  });
}

/** Bytes of all uploads under way, as they lie on the API's disk. */
async function growing(folder: string): Promise<number> {
  let bytes = 0;
  for await (const file of glob('data/storage/**/*.part', { cwd: folder }))
    bytes += (await stat(join(folder, file))).size;
  return bytes;
}
