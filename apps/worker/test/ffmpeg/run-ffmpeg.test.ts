import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { waitFor } from '@transcode/testing';
import { buffer } from 'node:stream/consumers';
import { expect, inject, test } from 'vitest';
import type { FfmpegProgress } from '../../src/ffmpeg/read-progress.ts';
import { outputPipe, PROGRESS_PIPE, runFfmpeg } from '../../src/ffmpeg/run-ffmpeg.ts';

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

/** Whether a process runs whose command line has this in it. */
async function isAlive(marker: string): Promise<boolean> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.allSettled(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8')));
  return lines.some((line) => line.status === 'fulfilled' && line.value.replaceAll('\0', ' ').includes(marker));
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
  const source = 'http://127.0.0.1:9/secret-token';
  const argv = [...ARGV, '-protocol_whitelist', 'http,tcp', '-i', source, '-f', 'null', '-'];
  const failed = runFfmpeg({ ffmpeg, argv, outputs: 0, source, signal: never, consume: drain });
  await expect(failed).rejects.toMatchObject({ code: 'encode_failed', message: expect.stringMatching(/refused/i) });
  const { message, tail } = (await failed.catch((error: unknown) => error)) as { message: string; tail: string };
  expect(message + tail).not.toContain('secret-token');
});

test('one that does not get on is stopped', async () => {
  const stuck = await program('echo frame=1 >&3; exec sleep 63');
  const run = runFfmpeg({ ffmpeg: stuck, argv: [], outputs: 0, signal: never, stallMs: 300, consume: drain });
  await expect(run).rejects.toMatchObject({ code: 'encode_stalled' });
  expect(await isAlive('sleep 63')).toBe(false);
});

test('one that is killed is a death around the work', async () => {
  const killed = await program('kill -9 $$');
  const run = runFfmpeg({ ffmpeg: killed, argv: [], outputs: 0, signal: never, consume: drain });
  await expect(run).rejects.toMatchObject({ code: 'worker_died', blame: 'infra' });
});

test('an abort ends it and its children, also one that does not listen', async () => {
  const deaf = await program('trap "" TERM; sleep 64 & sleep 64; wait');
  const stop = new AbortController();
  const run = runFfmpeg({ ffmpeg: deaf, argv: [], outputs: 0, signal: stop.signal, consume: drain });
  await waitFor(() => isAlive('sleep 64'));
  const begun = performance.now();
  stop.abort(new Error('Enough'));
  await expect(run).rejects.toThrow('Enough');
  expect(performance.now() - begun).toBeLessThan(4_000);
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
