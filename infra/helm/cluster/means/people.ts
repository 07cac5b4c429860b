import { readFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { join } from 'node:path';
import { apply, kubectl, NAMESPACE, secret, tryInside } from './cluster.ts';
import { HOUSE } from './house.ts';

/** Where the ingress controller would be; the policies let its namespace in. */
const OUTSIDE = 'ingress-nginx';
const API_URL = `http://api-service.${NAMESPACE}`;
const run = promisify(execFile);

const program = (file: string): Promise<string> => readFile(join(import.meta.dirname, '../client', file), 'utf8');

/** A pod in the place of the ingress controller, in which ../client runs. */
export async function comeIn(image: string): Promise<void> {
  await apply(
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: OUTSIDE } },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'client', namespace: OUTSIDE },
      data: { 'main.ts': await program('main.ts'), 'pages.ts': await program('pages/main.ts') },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'client', namespace: OUTSIDE, labels: { app: 'client' } },
      spec: {
        terminationGracePeriodSeconds: 0,
        containers: [
          {
            ...{ name: 'client', image, imagePullPolicy: 'IfNotPresent' },
            args: ['node', '-e', 'setInterval(() => {}, 1000)'],
            volumeMounts: [{ name: 'client', mountPath: '/client' }],
          },
        ],
        volumes: [{ name: 'client', configMap: { name: 'client' } }],
      },
    },
  );
  await kubectl('wait', '--for=condition=Ready', 'pod/client', '--namespace', OUTSIDE, '--timeout=180s');
}

let session: string | undefined;

interface Said {
  readonly file?: 'main.ts' | 'pages.ts';
  readonly env: Readonly<Record<string, string>>;
  readonly input?: Buffer | undefined;
}

/** What the client says. */
async function client<T>(args: readonly string[], { file = 'main.ts', env, input }: Said): Promise<T> {
  const variables = Object.entries({ API_URL, ...env }).map(([name, value]) => `${name}=${value}`);
  const { code, stdout, stderr } = await tryInside(
    [
      'kubectl',
      'exec',
      '--stdin',
      '--namespace',
      OUTSIDE,
      'client',
      '--',
      'env',
      ...variables,
      'node',
      `/client/${file}`,
      ...args,
    ],
    input,
  );
  if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  return JSON.parse(stdout) as T;
}

const firstAdmin = async (): Promise<Record<string, string>> => ({
  EMAIL: await secret('first-admin', 'email'),
  PASSWORD: await secret('first-admin', 'password'),
});

async function signedIn<T>(args: readonly string[], input?: Buffer): Promise<T> {
  session ??= (await client<{ session: string }>(['sign-in'], { env: await firstAdmin() })).session;
  return client<T>(args, { env: { SESSION: session }, input });
}

/** Whoever was signed in has to sign in again, as accounts or what signs are others. */
const forget = (): void => {
  session = undefined;
};

/** The line to the pod may be lost while one waits; what is asked can be asked again. */
async function patient<T>(ask: () => Promise<T>, tries = 4): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (tries === 1 || !/i\/o timeout|error stream/.test(String(error))) throw error;
    return patient(ask, tries - 1);
  }
}

/** With a key instead of a session. */
const enter = (key: string): void => {
  session = key;
};

interface Answer {
  readonly at: number;
  readonly status: number;
  readonly retryAfter: string | null;
  readonly tookMs: number;
}

interface Ended {
  readonly state: string;
  readonly failure: { readonly code: string; readonly sentence: string; readonly detail: string | null } | null;
}

export const people = {
  upload: (name: string, bytes: Buffer, seconds = 0) =>
    signedIn<{ id: string; broken: number }>(['upload', name, String(seconds)], bytes),
  /** How far it is just now. */
  look: (id: string) => signedIn<{ state: string }>(['look', id]),
  /** Ready, or failed. */
  ended: (id: string) => patient(() => signedIn<Ended>(['ended', id])),
  ready: (id: string) => patient(() => signedIn<{ url: string; seconds: number }>(['ready', id])),
  play: (url: string) => signedIn<{ parts: number; bytes: number }>(['play', url]),
  /** Reads all the time; what is not answered is asked again so often. */
  read: (url: string, seconds: number, tries = 1) =>
    signedIn<{ reads: number; again: number; failed: readonly string[] }>([
      'read',
      url,
      String(seconds),
      String(tries),
    ]),
  forget,
  enter,
  /** Of a session at the pages. */
  cookie: async (): Promise<string> =>
    (await client<{ cookie: string }>(['sign-in'], { file: 'pages.ts', env: await firstAdmin() })).cookie,
  me: (cookie: string) => client<{ status: number }>(['me'], { file: 'pages.ts', env: { COOKIE: cookie } }),
  /** As many requests as there can be, from eight connections. */
  askMuch: (seconds: number) => signedIn<{ answers: number }>(['ask-much', String(seconds)]),
  ask: (seconds: number) => signedIn<{ answers: readonly Answer[] }>(['ask', String(seconds)]),
};

/** A clip with pictures that move and sound. */
export async function clip(seconds: number, size = '640x360'): Promise<Buffer> {
  const { stdout } = await run(
    join(HOUSE, '.tools/bin/ffmpeg'),
    [
      ...['-v', 'error', '-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=25:duration=${seconds}`],
      ...['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac'],
      ...['-movflags', 'frag_keyframe+empty_moov', '-f', 'mp4', '-'],
    ],
    { encoding: 'buffer', maxBuffer: 512 * 1024 ** 2 },
  );
  return stdout;
}
