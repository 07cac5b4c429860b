import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders, IncomingMessage, ClientRequest } from 'node:http';
import { request } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { KEPT } from './house.ts';
import type { Gate } from '../gates/gate.ts';

const run = promisify(execFile);
const PROGRAMS = join(KEPT, 'bin/gates');
export const HOST = 'api.example.com';

/** A certificate for HOST that nobody else would believe. */
export async function certify(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const [key, certificate] = [join(folder, 'tls.key'), join(folder, 'tls.crt')];
  await run('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
    ...['-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:${HOST}`, '-keyout', key, '-out', certificate],
  ]);
  await writeFile(join(folder, 'tls.pem'), (await readFile(certificate, 'utf8')) + (await readFile(key, 'utf8')));
}

/** Starts Debian's program with a configuration, and waits until it listens. */
export async function startGate(
  program: 'nginx' | 'haproxy',
  configuration: string,
  { https, folder }: Gate,
): Promise<AsyncDisposable> {
  const file = join(folder, `${program}.conf`);
  await writeFile(file, configuration);
  const args = program === 'nginx' ? ['-c', file, '-e', 'stderr'] : ['-db', '-f', file];
  const libraries = ['usr/lib/x86_64-linux-gnu', 'usr/lib/aarch64-linux-gnu', 'usr/lib'].map((path) =>
    join(PROGRAMS, path),
  );
  const child = spawn(join(PROGRAMS, 'usr/sbin', program), args, {
    env: { LD_LIBRARY_PATH: libraries.join(':') },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const closed = once(child, 'close');
  const deadline = Date.now() + 10_000;
  while (!(await isOpen(https))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`${program} does not listen.`);
    await sleep(100);
  }
  return {
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await closed;
    },
  };
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request by TLS, whose body is the caller's to write. */
export async function openRequest(
  { https, folder }: Gate,
  path: string,
  { method = 'GET', headers = {} }: Asked,
): Promise<ClientRequest> {
  return request({
    ...{ host: '127.0.0.1', port: https, path, method, servername: HOST },
    ca: await readFile(join(folder, 'tls.crt')),
    headers: { host: HOST, ...headers },
    agent: false,
  });
}

export async function answerTo(asked: ClientRequest): Promise<IncomingMessage> {
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  return response;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export async function ask(gate: Gate, path: string, asked: Asked = {}, body?: Buffer): Promise<Answer> {
  const open = await openRequest(gate, path, asked);
  open.end(body);
  const response = await answerTo(open);
  return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
}
