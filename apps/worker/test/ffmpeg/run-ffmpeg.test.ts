import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { waitFor } from '@transcode/testing';
import { buffer } from 'node:stream/consumers';
import { expect, inject, test } from 'vitest';
import type { FfmpegProgress } from '../../src/ffmpeg/read-progress.ts';
import { outputPipe, PROGRESS_PIPE, runFfmpeg } from '../../src/ffmpeg/run-ffmpeg.ts';
import { setUpSandbox } from '../../src/ffmpeg/sandbox.ts';
import { processesWith } from '../processes-with.ts';

const { ffmpeg, folder } = inject('servers');
const ARGV = ['-nostdin', '-hide_banner', '-loglevel', 'level+info', '-benchmark', '-nostats', '-stats_period', '0.25'];
const never = new AbortController().signal;

/** A program in ffmpeg's place. */
async function program(script: string): Promise<string> {
  const file = path.join(folder, `${crypto.randomUUID()}.sh`);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

const endless = (graph = 'testsrc2=s=640x360'): string[] => [
  ...ARGV,
  ...['-progress', PROGRESS_PIPE, '-re', '-f', 'lavfi', '-i', graph],
  ...['-f', 'rawvideo', outputPipe(0)],
];

/** Reads and forgets. */
const drain = async ([output]: readonly NodeJS.ReadableStream[]): Promise<void> => {
  if (output !== undefined) await buffer(output);
};

/** Finds that something is missing where the output ends. */
const brokenOff = async (outputs: readonly Readable[]): Promise<void> => {
  await drain(outputs);
  throw new Error('The stream ended inside a segment');
};

async function isAlive(marker: string): Promise<boolean> {
  return (await processesWith(marker)).length > 0;
}

async function signalAll(marker: string, signal: NodeJS.Signals): Promise<void> {
  for (const pid of await processesWith(marker)) process.kill(pid, signal);
}

test('tells its progress, at most four times a second, and what it cost', async () => {
  const told: FfmpegProgress[] = [];
  const { cpuSeconds, wallSeconds } = await runFfmpeg({
    ffmpeg,
    argv: [
      ...ARGV,
      ...['-progress', PROGRESS_PIPE, '-re', '-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=25:d=2'],
      ...['-f', 'rawvideo', outputPipe(0)],
    ],
    outputs: 1,
    signal: never,
    onProgress: (progress) => told.push(progress),
    consume: drain,
  });
  expect(told.at(-1)).toMatchObject({ frame: 50, seconds: 2 });
  expect(told.length).toBeLessThanOrEqual(Math.ceil(wallSeconds * 4) + 1);
  expect(cpuSeconds).toBeGreaterThan(0);
});

test('a failure says what ffmpeg said, without the address of the source', async () => {
  const source = { input: 'http://127.0.0.1:9/secret-token', protocols: 'http,tcp' } as const;
  const argv = [...ARGV, '-protocol_whitelist', 'http,tcp', '-i', source.input, '-f', 'null', '-'];
  const failed = runFfmpeg({ ffmpeg, argv, outputs: 0, source, signal: never, consume: drain });
  await expect(failed).rejects.toMatchObject({ code: 'encode_failed', message: expect.stringMatching(/refused/i) });
  const { message, tail } = (await failed.catch((error: unknown) => error)) as { message: string; tail: string };
  expect(message + tail).not.toContain('secret-token');
});

test('one that does not get on is stopped', async () => {
  const stuck = await program('echo frame=1 >&3; exec sleep 63');
  const run = runFfmpeg({ ffmpeg: stuck, argv: [], outputs: 0, signal: never, stallMs: 300, consume: drain });
  await expect(run).rejects.toMatchObject({ code: 'encode_stalled', blame: 'work' });
  expect(await isAlive('sleep 63')).toBe(false);
});

test('one that computes without end is stopped where it neither reads nor writes nor counts', async () => {
  const busy = await program('while :; do echo frame=1 >&3; echo progress=continue >&3; done');
  const run = runFfmpeg({
    ...{ ffmpeg: busy, argv: [], outputs: 0, signal: never, stallMs: 300, futileCpuSeconds: 1, consume: drain },
  });
  await expect(run).rejects.toMatchObject({
    code: 'encode_stalled',
    message: expect.stringMatching(/^ffmpeg got no further in this file for \d+ s and was stopped\. Save/),
  });
});

test('one that computes and reads on is given its time', async () => {
  const source = path.join(folder, `${crypto.randomUUID()}.bin`);
  await writeFile(source, Buffer.alloc(64));
  const reading = await program(
    'n=0; while [ $n -lt 20 ]; do head -c 1 >/dev/null; timeout 0.1 sh -c "while :; do :; done"; n=$((n+1)); done',
  );
  const run = runFfmpeg({
    ...{ ffmpeg: reading, argv: [], outputs: 0, signal: never, stallMs: 1_000, futileCpuSeconds: 0.5, consume: drain },
    source: { input: 'fd:', protocols: 'fd', file: source },
  });
  await expect(run).resolves.toBeDefined();
});

test('one that waits for bytes of its source is not at fault', async () => {
  const waiting = await program('sleep 1.5');
  const run = runFfmpeg({
    ...{ ffmpeg: waiting, argv: [], outputs: 0, signal: never, stallMs: 300, consume: drain },
    source: { input: 'http://127.0.0.1:9/x', protocols: 'http,tcp', traffic: () => ({ bytes: 0, waits: true }) },
  });
  await expect(run).resolves.toBeDefined();
});

test('one that computes is given its time, though it has nothing to tell', async () => {
  const busy = await program('echo frame=1 >&3; timeout 2 sh -c "while :; do :; done"; exit 0');
  const run = runFfmpeg({ ffmpeg: busy, argv: [], outputs: 0, signal: never, stallMs: 1_000, consume: drain });
  await expect(run).resolves.toBeDefined();
});

test('one that is killed is a death around the work', async () => {
  const killed = await program('kill -9 $$');
  const run = runFfmpeg({ ffmpeg: killed, argv: [], outputs: 0, signal: never, consume: drain });
  await expect(run).rejects.toMatchObject({ code: 'ffmpeg_killed', blame: 'infra' });
});

test('one that is killed is that, also for who reads its output and finds it cut off', async () => {
  const killed = await program('echo half >&4; kill -9 $$');
  const run = runFfmpeg({ ffmpeg: killed, argv: [], outputs: 1, signal: never, consume: brokenOff });
  await expect(run).rejects.toMatchObject({ code: 'ffmpeg_killed' });
});

test.each(['SEGV', 'ABRT'])('one that crashes (%s) is a failure of the work', async (signal) => {
  const crashing = await program(`kill -${signal} $$`);
  const run = runFfmpeg({ ffmpeg: crashing, argv: [], outputs: 0, signal: never, consume: drain });
  await expect(run).rejects.toMatchObject({
    ...{ code: 'ffmpeg_crashed', blame: 'work' },
    message: `ffmpeg crashed on this file (SIG${signal}).`,
  });
});

test('one that is told by the kernel that its processor time is over did not die for the machine', async () => {
  const run = runFfmpeg({ ffmpeg, argv: endless('testsrc2=s=644x364'), outputs: 1, signal: never, consume: drain });
  await waitFor(() => isAlive('testsrc2=s=644x364'));
  await Promise.all([
    expect(run).rejects.toMatchObject({ code: 'ffmpeg_out_of_time' }),
    signalAll('testsrc2=s=644x364', 'SIGXCPU'),
  ]);
});

test('one that an operator ends is not at fault', async () => {
  const run = runFfmpeg({ ffmpeg, argv: endless('testsrc2=s=646x366'), outputs: 1, signal: never, consume: drain });
  await waitFor(() => isAlive('testsrc2=s=646x366'));
  await Promise.all([
    expect(run).rejects.toMatchObject({ code: 'ffmpeg_killed', message: expect.stringContaining('SIGTERM') }),
    signalAll('testsrc2=s=646x366', 'SIGTERM'),
  ]);
});

test('one that needs more memory than it may have says so', async () => {
  setUpSandbox({ memoryBytes: 256 * 1024 ** 2 });
  const argv = [...ARGV, '-progress', PROGRESS_PIPE, '-f', 'lavfi', '-i', 'testsrc2=s=8192x8192', '-frames:v', '9'];
  const run = runFfmpeg({
    ...{ ffmpeg, argv: [...argv, '-f', 'rawvideo', outputPipe(0)], outputs: 1, signal: never, consume: drain },
    stallMs: 10_000,
  }).finally(() => setUpSandbox({}));
  await expect(run).rejects.toMatchObject({
    ...{ code: 'ffmpeg_out_of_memory', blame: 'work' },
    message: expect.stringContaining('more memory than the 256 MiB that one ffmpeg may have'),
  });
});

test("a full disk is not the work's fault", async () => {
  const argv = [...ARGV, '-progress', PROGRESS_PIPE, '-y', '-f', 'lavfi', '-i', 'testsrc2', '-frames:v', '20'];
  const run = runFfmpeg({
    ...{ ffmpeg, argv: [...argv, '-f', 'rawvideo', 'full'], outputs: 0, signal: never, consume: drain },
    // It may write where it works.
    cwd: '/dev',
  });
  await expect(run).rejects.toMatchObject({ code: 'scratch_full', blame: 'infra' });
});

test('an abort ends it and its children at once, also one that does not listen', async () => {
  const deaf = await program('trap "" TERM; sleep 64 & sleep 64; wait');
  const stop = new AbortController();
  const run = runFfmpeg({ ffmpeg: deaf, argv: [], outputs: 0, signal: stop.signal, consume: drain });
  await waitFor(() => isAlive('sleep 64'));
  const begun = performance.now();
  stop.abort(new Error('Enough'));
  await expect(run).rejects.toThrow('Enough');
  expect(performance.now() - begun).toBeLessThan(2_000);
  await waitFor(async () => !(await isAlive('sleep 64')));
});

test('where what reads it fails, that is what is told, and ffmpeg is gone', async () => {
  const marker = `testsrc2=s=642x362:r=24`;
  const run = runFfmpeg({
    ffmpeg,
    argv: endless(marker),
    outputs: 1,
    signal: never,
    consume: () => Promise.reject(new Error('The storage is full')),
  });
  await expect(run).rejects.toThrow('The storage is full');
  expect(await isAlive(marker)).toBe(false);
});
