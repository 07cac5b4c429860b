import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@transcode/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningApi } from '../src/start.ts';
import { install, PASSWORD } from './installation.ts';
import type { Installation } from './installation.ts';
import { EXCEPTIONS } from './schemathesis/exceptions.ts';
import { digest, someBytes, storedDigest } from './tus.ts';

const DOCUMENT = await readFile(new URL('../../../docs/integrating.md', import.meta.url), 'utf8');
const blocks = [...DOCUMENT.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text = '']) => text);
const addresses = [...DOCUMENT.matchAll(/`(GET|POST|PATCH|DELETE) (\/[^`?]+)/g)].map(
  ([, method = '', path = '']): [string, string] => [method, path],
);

let here: Installation;
let api: RunningApi;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  here = await install();
  api = await here.start();
  folder = await temporaryFolder('integrating');
});
afterAll(async () => {
  await folder.remove();
  await here.dispose();
});

describe('docs/integrating.md', () => {
  test('works when its commands are run one after the other, as they stand there', async () => {
    const film = someBytes(100_000);
    await writeFile(join(folder.path, 'film.mp4'), film);
    const { email } = await here.person('editor');
    const script = ['set -euo pipefail', ...blocks, 'echo "$LOCATION $VIDEO"'].join('\n');
    const { code, said, complained } = await run(script, { URL: api.url, EMAIL: email, PASSWORD });
    expect([code, complained]).toEqual([0, '']);
    const [location = '', id = ''] = said.trim().split(' ');
    expect(await storedDigest(here, location)).toBe(digest(film));
    const made = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(folder.path, name), 'utf8'));
    expect(await made('video.json')).toMatchObject({ id, title: 'film.mp4' });
    expect(await made('share.json')).toMatchObject({ videoId: id });
    expect(await made('videos.json')).toMatchObject({ items: [{ id }], nextCursor: null });
  });

  test('has no command that is not one of those', () => {
    expect(blocks.length).toBeGreaterThan(3);
    expect([...DOCUMENT.matchAll(/curl/g)]).toHaveLength([...blocks.join('').matchAll(/curl/g)].length);
    expect([...DOCUMENT.matchAll(/^```(?!sh$)(.+)$/gm)]).toEqual([]);
  });

  test('excepts what the deep tests except, and says why', () => {
    const rows = [...DOCUMENT.matchAll(/^\| (`\w+\.\w+`[^|]*) +\| `(\w+)` +\| ([^|]{40,}) \|$/gm)];
    const told = rows.map(([, operations = '', field]) => [operations.match(/\w+\.\w+/g), field]);
    expect(told).toEqual(EXCEPTIONS.map(({ operations, field }) => [operations, field]));
  });

  test.for(addresses)('%s %s is there', async ([method, path]) => {
    const known = '01890000-0000-7000-8000-000000000000';
    const address = api.url + path.replaceAll('{id}', known).replaceAll(/\{\w+\}/g, 'best');
    const response = await fetch(address, {
      method,
      headers: { authorization: `Bearer ${await here.key('admin')}`, 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body: '{}' }),
    });
    expect([405, 415]).not.toContain(response.status);
    expect(await response.text()).not.toContain('no such address');
  });
});

async function run(script: string, variables: Record<string, string>) {
  const child = spawn('bash', ['--norc', '-c', script], {
    cwd: folder.path,
    env: { ...variables, PATH: '/usr/bin:/bin' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  let complained = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (complained += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, said, complained };
}
