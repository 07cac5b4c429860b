import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningApi } from '../../src/start.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { addVideo } from '../videos.ts';

let here: Installation;
let api: RunningApi;
const file = randomBytes(3_000);

beforeAll(async () => {
  here = await install();
  api = await here.start();
});
afterAll(() => here.dispose());

async function kept(fileName: string, bytes = file): Promise<string> {
  const { id, sourceKey } = await addVideo(here, { fileName, title: 'Renamed since', state: 'failed' });
  await here.storage.put(sourceKey, bytes);
  return id;
}

const get = (id: string, key: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${api.url}/api/v1/videos/${id}/source`, { headers: { authorization: `Bearer ${key}`, ...headers } });

test('the uploaded file comes back as it came, under its own name, also of a video that failed', async () => {
  const response = await get(await kept('Rolle 7.MOV'), await here.key('editor'));
  expect(response.status).toBe(200);
  expect(response.headers.get('content-disposition')).toContain('filename="Rolle 7.MOV"');
  expect(Buffer.from(await response.arrayBuffer()).equals(file)).toBe(true);
});

test('a download that broke off goes on', async () => {
  const [id, key] = [await kept('a.mp4'), await here.key('editor')];
  const etag = (await get(id, key)).headers.get('etag') ?? '';
  const response = await get(id, key, { range: 'bytes=1000-', 'if-range': etag });
  expect([response.status, response.headers.get('content-range')]).toEqual([206, 'bytes 1000-2999/3000']);
  expect(Buffer.from(await response.arrayBuffer()).equals(file.subarray(1_000))).toBe(true);
});

test('a name without an ending gets none', async () => {
  const response = await get(await kept('capture'), await here.key('editor'));
  expect(response.headers.get('content-disposition')).toContain('filename="capture";');
});

test('an empty file is empty', async () => {
  const response = await get(await kept('a.mp4', Buffer.alloc(0)), await here.key('editor'));
  expect([response.status, await response.text()]).toEqual([200, '']);
});

test('it is for editors of its workspace, and there once all of it has come', async () => {
  const id = await kept('a.mp4');
  expect((await get(id, await here.key('viewer'))).status).toBe(403);
  expect((await get(id, await here.key('admin', await here.workspace()))).status).toBe(404);
  const { id: coming } = await addVideo(here, { state: 'uploading' });
  expect((await get(coming, await here.key('editor'))).status).toBe(404);
  await here.db.video.update({ where: { id }, data: { state: 'deleted' } });
  expect((await get(id, await here.key('editor'))).status).toBe(404);
});

test('it breaks off where who has it is no editor any more', async () => {
  const key = await here.key('editor');
  const response = await get(await kept('long.mp4', randomBytes(40_000_000)), key);
  const reader = response.body?.getReader();
  await here.db.apiKey.updateMany({ where: { name: 'editor' }, data: { role: 'viewer' } });
  const read = async (): Promise<void> => {
    // Slower than it could come: it lasts longer than the look at who asks holds.
    while ((await reader?.read())?.done === false) await delay(200);
  };
  await expect(read()).rejects.toThrow(/terminated|aborted/);
}, 30_000);
