import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { CHILD_LIMITS } from '@transcode/contracts';
import { waitFor } from '@transcode/testing';
import { expect, inject, test } from 'vitest';
import { causeOfDeath } from '../../src/ffmpeg/cause-of-death.ts';
import { startChild, type ChildExit } from '../../src/ffmpeg/child-process.ts';
import { readDiagnostics, type Diagnostics } from '../../src/ffmpeg/diagnostics.ts';
import { sandbox, type ChildLimits } from '../../src/ffmpeg/sandbox.ts';
import { processesWith } from '../processes-with.ts';

const { ffmpeg, folder } = inject('servers');
const LIMITS: ChildLimits = { seconds: 60, fileBytes: 1024 ** 2, network: 'none' };

interface Ended {
  readonly exit: ChildExit;
  readonly said: string;
  readonly diagnostics: Diagnostics;
}

async function run(
  [file = '', ...argv]: readonly string[],
  changed: Partial<ChildLimits> & { cwd?: string } = {},
): Promise<Ended> {
  const { cwd, ...limits } = changed;
  const { signal } = new AbortController();
  const child = startChild({
    file,
    argv,
    limits: { ...LIMITS, ...limits },
    signal,
    ...(cwd === undefined ? {} : { cwd }),
  });
  const [exit, said, diagnostics] = await Promise.all([
    child.exited,
    text(child.stdout),
    readDiagnostics(child.stderr),
  ]);
  return { exit, said, diagnostics };
}

test('this machine can do all of it', () => {
  expect(sandbox().walls).toEqual(['namespace', 'landlock']);
  expect(sandbox().missing).toEqual([]);
});

test('a child sees nothing of our environment', async () => {
  const { said } = await run(['/usr/bin/env']);
  expect(said.trim().split('\n').toSorted()).toEqual(['AV_LOG_FORCE_NOCOLOR=1', 'LC_ALL=C']);
});

test('a child has its limits, and no powers that it could win', async () => {
  const { said } = await run(['/bin/cat', '/proc/self/limits', '/proc/self/status', '/proc/self/oom_score_adj'], {
    seconds: 100,
  });
  const limit = (name: string): number => Number(new RegExp(`^${name} +(\\d+)`, 'm').exec(said)?.[1]);
  expect(limit('Max data size')).toBe(sandbox().memoryBytes);
  expect(limit('Max file size')).toBe(LIMITS.fileBytes);
  expect(limit('Max open files')).toBe(CHILD_LIMITS.openFiles);
  expect(limit('Max core file size')).toBe(0);
  expect(limit('Max cpu time')).toBeGreaterThanOrEqual(100);
  expect(said).toMatch(/^NoNewPrivs:\t1$/m);
  expect(said).toMatch(/^CapEff:\t0+$/m);
  expect(said).toMatch(/^CapBnd:\t0+$/m);
  expect(said.trim().split('\n').at(-1)).toBe('500');
});

test('a child reaches no address, unless its source is behind one', async () => {
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.end('nothing');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;
  const argv = [ffmpeg, '-v', 'error', '-protocol_whitelist', 'http,tcp', '-f', 'mov', '-i', url, '-f', 'null', '-'];
  const without = await run(argv);
  expect(without.exit.code).not.toBe(0);
  expect(without.diagnostics.tail).toMatch(/denied/i);
  expect(asked).toBe(0);
  await run(argv, { network: { port: port === 1 ? 2 : 1 } });
  expect(asked).toBe(0);
  await run(argv, { network: { port } });
  expect(asked).toBeGreaterThan(0);
  server.close();
  server.closeAllConnections();
});

async function cat(file: string, limits: Partial<ChildLimits> = {}): Promise<string> {
  return (await run(['/bin/cat', file], limits)).said;
}

test('a child reads what it needs to start and what is named, and writes in its folder', async () => {
  const cwd = await mkdtemp(path.join(folder, 'files-'));
  const [named, other] = [path.join(folder, 'named'), path.join(folder, 'other')];
  for (const file of [named, other]) await writeFile(file, path.basename(file));
  expect(await cat(other)).toBe('');
  expect(await cat('/etc/passwd')).toBe('');
  // What our own process was given is in its environment.
  expect(await cat(`/proc/${process.pid}/environ`)).toBe('');
  expect(await cat(named, { reads: [named] })).toBe('named');
  const write = (file: string) => run(['/bin/sh', '-c', `echo made > ${file}`], { cwd });
  await Promise.all([write(path.join(cwd, 'own')), write(other)]);
  expect(await readFile(path.join(cwd, 'own'), 'utf8')).toBe('made\n');
  expect(await readFile(other, 'utf8')).toBe('other');
});

test('a file that grows past its limit ends the child, with a sentence', async () => {
  const cwd = await mkdtemp(path.join(folder, 'fsize-'));
  const argv = ['-v', 'error', '-nostdin', '-f', 'lavfi', '-i', 'testsrc2=s=1280x720', '-frames:v', '9', 'out.yuv'];
  const { exit, diagnostics } = await run([ffmpeg, ...argv], { cwd });
  expect(causeOfDeath('ffmpeg', exit, { limits: LIMITS, diagnostics })).toMatchObject({
    ...{ code: 'ffmpeg_output_too_large', blame: 'work' },
    message: 'What ffmpeg made of this file grew past what it can be (1 MiB), and it was stopped.',
  });
  expect((await stat(path.join(cwd, 'out.yuv'))).size).toBeLessThanOrEqual(LIMITS.fileBytes);
});

test('one that goes on for too long is killed, with a sentence', async () => {
  const limits = { ...LIMITS, seconds: 0.3 };
  const { exit, diagnostics } = await run(['/bin/sleep', '71'], limits);
  expect(causeOfDeath('ffmpeg', exit, { limits, diagnostics })).toMatchObject({ code: 'ffmpeg_out_of_time' });
  expect(await processesWith('sleep 71')).toEqual([]);
});

test('a child does not outlive a process that is killed', async () => {
  const childProcess = path.resolve(import.meta.dirname, '../../src/ffmpeg/child-process.ts');
  const script = `
    const { startChild } = await import(${JSON.stringify(childProcess)});
    const limits = { seconds: 600, fileBytes: 0, network: 'none' };
    startChild({ file: '/bin/sleep', argv: ['72'], limits, signal: new AbortController().signal });
    setInterval(() => undefined, 1_000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'ignore' });
  // Its own command line names the number, too; and so do those of the programs that set its limits, the last of which ties it.
  await waitFor(
    async () =>
      (await processesWith('/bin/sleep 72')).length === 1 && (await processesWith('-- /bin/sleep 72')).length === 0,
  );
  parent.kill('SIGKILL');
  expect(await waitFor(async () => (await processesWith('/bin/sleep 72')).length === 0, { timeout: 5_000 })).toBe(true);
});
