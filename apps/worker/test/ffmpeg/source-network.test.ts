import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openNamedStorage, openSource, type Listen, type Source, type Storage } from '@transcode/storage';
import { startStack, type Stack } from '@transcode/testing';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { outputPipe, PROGRESS_PIPE, runFfmpeg } from '../../src/ffmpeg/run-ffmpeg.ts';
import { listenForFfmpeg } from '../../src/ffmpeg/source-network.ts';
import { probeSource } from '../../src/probe/probe-source.ts';
import { makeSource, patternWithBeeps } from '../make-source.ts';
import { readPart } from '../read-part.ts';

const { ffmpeg, ffprobe } = inject('servers');
const never = new AbortController().signal;
let stack: Stack;
let storage: Storage;
let file: string;
let bytes: number;

beforeAll(async () => {
  stack = await startStack({ s3: true });
  storage = openNamedStorage({
    ...{ STORAGE_URL: stack.storageUrl, S3_ENDPOINT: stack.s3?.endpoint, AWS_REGION: stack.s3?.region },
    ...{ AWS_ACCESS_KEY_ID: stack.s3?.accessKeyId, AWS_SECRET_ACCESS_KEY: stack.s3?.secretAccessKey },
  });
  file = await makeSource(patternWithBeeps(2));
  bytes = (await stat(file)).size;
  await storage.put('w/1/u/film', createReadStream(file), { bytes });
});
afterAll(async () => {
  await storage.close();
  await stack.dispose();
});

const open = (): Promise<Source> => openSource(storage, 'w/1/u/film', bytes, { listen: listenForFfmpeg });

function decode(source: Source, address: string): Promise<unknown> {
  const input = ['-protocol_whitelist', 'http,tcp', '-f', 'mov', '-i', address];
  return runFfmpeg({
    ...{ ffmpeg, outputs: 1, source, signal: never },
    argv: ['-nostdin', '-v', 'level+error', '-progress', PROGRESS_PIPE, ...input, '-f', 'rawvideo', outputPipe(0)],
    consume: async ([output]) => {
      for await (const data of output ?? []) void data;
    },
  });
}

test('ffprobe and ffmpeg read a source on S3', async () => {
  const source = await open();
  const probe = await probeSource({
    ffprobe,
    ffmpeg,
    source,
    read: (range) => readPart(file, range),
    encryption: [],
    container: 'mp4',
    bytes,
    signal: never,
  });
  expect([probe.video.frames, probe.audio.length]).toEqual([50, 1]);
  await decode(source, source.input);
  await source.close();
  await expect(decode(source, source.input)).rejects.toMatchObject({
    message: expect.stringMatching(/refused|denied/),
  });
});

test('and reach nothing else, while nobody outside reaches the source', async () => {
  let asked = 0;
  const listener = createServer((_, response) => {
    asked += 1;
    response.end();
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const source = await open();
  const elsewhere = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/`;
  await expect(decode(source, elsewhere)).rejects.toMatchObject({ message: expect.stringMatching(/refused|denied/) });
  await expect(decode(source, stack.s3?.endpoint ?? '')).rejects.toMatchObject({
    message: expect.stringMatching(/refused|denied/),
  });
  expect(asked).toBe(0);
  await expect(fetch(source.input)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  await source.close();
  listener.close();
});

test('many sources are open at once, each behind its own door', async () => {
  const sources = await Promise.all(Array.from({ length: 8 }, open));
  expect(new Set(sources.map(({ input }) => input)).size).toBe(8);
  await Promise.all(sources.map((source) => decode(source, source.input)));
  await Promise.all(sources.map((source) => source.close()));
});

test('a door is ours alone when it is given: who else held it could take a connection that nobody answers', async () => {
  for (let round = 0; round < 20; round += 1) {
    const door = await listenForFfmpeg(() => undefined);
    const keeper = keeperOf(door);
    process.kill(keeper, 'SIGSTOP');
    try {
      expect(await listensOn(keeper, door.port)).toBe(false);
    } finally {
      process.kill(keeper, 'SIGCONT');
    }
    await door.close();
  }
});

test('who keeps the doors and does not answer is ended, and the next door is of another', async () => {
  const door = await listenForFfmpeg(() => undefined);
  const keeper = keeperOf(door);
  process.kill(keeper, 'SIGSTOP');
  await expect(listenForFfmpeg(() => undefined)).rejects.toThrow(/has ended/);
  await door.close();
  const next = await listenForFfmpeg(() => undefined);
  expect(keeperOf(next)).not.toBe(keeper);
  await next.close();
});

function keeperOf({ enter }: Awaited<ReturnType<Listen>>): number {
  return Number(/proc\/(\d+)\//.exec(enter?.join(' ') ?? '')?.[1]);
}

/** Whether a process holds a socket that listens on a port of its network (proc_pid_net(5)). */
async function listensOn(pid: number, port: number): Promise<boolean> {
  const LISTEN = '0A';
  const table = (await readFile(`/proc/${pid}/net/tcp`, 'utf8')).split('\n').map((line) => line.trim().split(/\s+/));
  const sockets = table.filter(
    ([, local = '', , state]) => state === LISTEN && Number.parseInt(local.split(':')[1] ?? '', 16) === port,
  );
  const descriptors = await readdir(`/proc/${pid}/fd`);
  const held = await Promise.all(descriptors.map((fd) => readlink(`/proc/${pid}/fd/${fd}`)));
  return sockets.some((fields) => held.includes(`socket:[${fields[9]}]`));
}
