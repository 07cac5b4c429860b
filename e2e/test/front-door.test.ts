import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, waitFor } from '@transcode/testing';
import { AAC, inputs, makeCase, X264 } from '@transcode/testing/media';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runTranscodeIn, type Answer } from '../src/installation.ts';
import { TOOLS } from '../src/tools.ts';

interface Process {
  readonly name: string;
  readonly pid: number;
  readonly state: string;
  readonly restarts: number;
}
interface Status {
  readonly url: string;
  readonly processes: readonly Process[];
  readonly postgres: Process;
  readonly redis: Process;
}

/** What a person meets at the front door, in order, in a folder with a space in its name. */
describe('./transcode', () => {
  let folder: string;
  let port: number;
  const transcode = (...args: string[]): Promise<Answer> => runTranscodeIn(folder, args);
  const status = async (): Promise<Status> =>
    JSON.parse((await transcode('status', '--json', '--data', 'data')).stdout) as Status;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'front door '));
    port = await freePort();
    const steps = [[...inputs(), ...X264, ...AAC, '{}']];
    await makeCase(TOOLS.ffmpeg, { name: 'minus', file: '-i.mp4', steps, expect: { refused: '' } }, folder);
    await writeFile(path.join(folder, 'text.mp4'), 'This was never a video.');
    await writeFile(path.join(folder, 'empty.mp4'), '');
  });
  afterAll(async () => {
    await transcode('down', '--data', 'data');
    await rm(folder, { recursive: true, force: true });
  });

  test('encode starts what it needs, tells one object a line, leaves a folder and nothing running', async () => {
    const answer = await transcode('encode', '--json', '--data', 'data', '--out', 'out', '--', '-i.mp4');
    const told = answer.stdout.trim().split('\n');
    const last = told.map((line) => JSON.parse(line) as Record<string, unknown>).at(-1);
    expect(last).toMatchObject({ state: 'ready', out: path.join(folder, 'out') });
    expect(Object.keys(last ?? {})).toEqual(['videoId', 'jobId', 'state', 'playbackUrl', 'out']);
    expect(answer.code).toBe(0);
    expect(await readdir(path.join(folder, 'out'))).toEqual(expect.arrayContaining(['master.m3u8', 'manifest.mpd']));
    expect((await transcode('status', '--data', 'data')).code).toBe(3);
  });

  test('the first up tells the one-time password, and only the first', async () => {
    const up = await transcode('up', '--detach', '--port', String(port), '--data', 'data');
    expect([up.code, up.stdout]).toEqual([0, expect.stringMatching(/one-time password \S{20}\n/)]);
    expect(up.stdout).toContain(`http://127.0.0.1:${port}`);
    await transcode('down', '--data', 'data');
    const again = await transcode('up', '--detach', '--port', String(port), '--data', 'data');
    expect([again.code, again.stdout]).toEqual([0, expect.not.stringContaining('password')]);
  });

  test('status tells what runs', async () => {
    const now = await status();
    expect(now).toMatchObject({
      url: `http://127.0.0.1:${port}`,
      version: expect.stringMatching(/^\d/),
      postgres: { state: 'running' },
      redis: { state: 'running' },
      versions: { node: expect.stringMatching(/^2\d\./), ffmpeg: expect.stringMatching(/\d/) },
    });
    expect(now.processes.map(({ name, state, restarts }) => [name, state, restarts])).toEqual([
      ['api', 'running', 0],
      ['worker-1', 'running', 0],
      ['console', 'running', 0],
    ]);
  });

  test('a second up says so, a taken port is told, and neither does harm', async () => {
    const second = await transcode('up', '--detach', '--port', String(await freePort()), '--data', 'data');
    expect([second.code, second.stdout]).toEqual([1, expect.stringContaining('Transcode is running on')]);
    const taken = await transcode('up', '--detach', '--port', String(port), '--data', 'other');
    expect([taken.code, taken.stdout]).toEqual([1, expect.stringContaining(`Port ${port} is taken`)]);
    expect((await transcode('status', '--data', 'data')).code).toBe(0);
  });

  test('a key from token opens the API', async () => {
    const { stdout } = await transcode('token', '--role', 'viewer', '--data', 'data');
    const headers = { authorization: `Bearer ${stdout.trim()}` };
    const me = await fetch(`http://127.0.0.1:${port}/api/v1/me`, { headers });
    expect([me.status, await me.json()]).toEqual([200, expect.objectContaining({ role: 'viewer' })]);
  });

  test.each([
    ['a file that is not there', ['gone.mp4'], /There is no file gone\.mp4/],
    ['a folder', ['.'], /is not a file/],
    ['an empty file', ['empty.mp4'], /The file is empty/],
    ['a text', ['text.mp4'], /not a video file we know/],
    ['a preset that is not there', ['--preset', 'nobody', '--', '-i.mp4'], /there is no preset "nobody"/],
    ['a folder for the result that holds something', ['--out', 'out', '--', '-i.mp4'], /is not empty/],
    ['a place where no folder can be', ['--out', '/proc/x/y', '--', '-i.mp4'], /No folder can be made/],
  ])('encode refuses %s in a sentence', async (_, args, sentence) => {
    const answer = await transcode('encode', '--data', 'data', ...args);
    expect(answer.stderr).toMatch(sentence);
    expect(answer.stderr).not.toMatch(/^\s+at /m);
    expect([answer.code, answer.stdout]).toEqual([1, '']);
  });

  test.each(['api', 'worker-1', 'console', 'postgres', 'redis'])('%s is started again when it dies', async (name) => {
    const find = ({ processes, postgres, redis }: Status): Process | undefined =>
      ({ postgres, redis })[name] ?? processes.find((each) => each.name === name);
    const died = find(await status())?.pid ?? 0;
    process.kill(died, 'SIGKILL');
    await waitFor(
      async () => {
        const now = find(await status());
        return now?.state === 'running' && now.restarts === 1;
      },
      { timeout: 60_000 },
    );
    expect(find(await status())?.pid).not.toBe(died);
  });

  test('logs tells what was written', async () => {
    const { code, stdout } = await transcode('logs', 'api', '--no-follow', '--data', 'data');
    expect(code).toBe(0);
    for (const line of stdout.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('msg');
  });

  test('down leaves no process behind', async () => {
    const { processes, postgres, redis } = await status();
    expect((await transcode('down', '--data', 'data')).code).toBe(0);
    for (const { pid } of [...processes, postgres, redis]) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});
