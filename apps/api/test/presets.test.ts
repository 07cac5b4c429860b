import { randomUUID } from 'node:crypto';
import { BUILT_IN_PRESETS, Preset, PresetView, Problem } from '@transcode/contracts';
import * as z from 'zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningApi } from '../src/start.ts';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';
import { callsOf } from './person-calls.ts';
import type { PersonCalls } from './person-calls.ts';
import { idOf, tus } from './tus.ts';
import { addJob, addVideo } from './videos.ts';

let here: Installation;
let api: RunningApi;
let editor: PersonCalls;

beforeAll(async () => {
  here = await install();
  api = await here.start();
  editor = await callsOf(here, api, 'editor');
});
afterAll(() => here.dispose());

function own(more: Partial<Preset> = {}): Preset {
  const [web] = BUILT_IN_PRESETS;
  if (web === undefined) throw new Error('There is no built-in preset');
  return { ...web, name: `own-${randomUUID()}`, title: 'Ours', ...more };
}

test('an own preset is made, listed, changed and deleted, and each is written down', async () => {
  const preset = own();
  const made = await editor.call('POST', '/presets', preset);
  expect(made).toEqual({ status: 201, body: { ...preset, builtIn: false, workspaceId: here.workspaceId } });
  const { items } = z.object({ items: z.array(PresetView) }).parse((await editor.call('GET', '/presets')).body);
  expect(items.map(({ name }) => name)).toContain(preset.name);
  const changed = await editor.call('PATCH', `/presets/${preset.name}`, { ...preset, crf: 25 });
  expect(changed).toMatchObject({ status: 200, body: { crf: 25 } });
  expect((await editor.call('DELETE', `/presets/${preset.name}`)).status).toBe(204);
  expect((await editor.call('GET', `/presets/${preset.name}`)).status).toBe(404);
  const entries = await here.db.audit.findMany({ where: { target: preset.name }, orderBy: { id: 'asc' } });
  expect(entries.map(({ action, details }) => [action, details])).toEqual([
    ['preset.create', { after: preset }],
    ['preset.update', { before: { crf: preset.crf }, after: { crf: 25 } }],
    ['preset.delete', { before: { ...preset, crf: 25 } }],
  ]);
});

describe('is refused, with a sentence', () => {
  const higherCostsMore = 'A higher rung needs a higher bit rate than the one below it';
  test.for<[string, Partial<Preset>, string, string]>([
    ['no rung', { ladder: [] }, 'ladder', 'A ladder has at least one rung'],
    ['a height twice', { ladder: [rung(360, 1), rung(360, 2)] }, 'ladder', 'Each height can be there once'],
    ['fewer bits for more picture', { ladder: [rung(360, 2), rung(720, 1)] }, 'ladder', higherCostsMore],
    ['a height of nothing', { ladder: [rung(2, 1)] }, 'ladder.0.height', 'It has to be from 16 to 4320 lines'],
    ['a quality that is none', { crf: 5 }, 'crf', 'It has to be from 10 to 40'],
    [
      'a name with spaces',
      { name: 'my preset' },
      'name',
      'Use a-z, 0-9 and -, at most 63 of them, not beginning with -',
    ],
  ])('%s', async ([, wrong, field, sentence]) => {
    const { status, body } = await editor.call('POST', '/presets', own(wrong));
    expect(status).toBe(400);
    expect(Problem.parse(body).issues).toContainEqual({ path: field, message: sentence });
  });

  test('the name of a built-in one, or one that is there', async () => {
    const builtIn = await editor.call('POST', '/presets', own({ name: 'web' }));
    expect(builtIn).toMatchObject({ status: 409, body: { detail: '“web” is built in. Choose another name.' } });
    const preset = own();
    await editor.call('POST', '/presets', preset);
    expect((await editor.call('POST', '/presets', preset)).status).toBe(409);
  });

  test('any change to a built-in one', async () => {
    const [web] = BUILT_IN_PRESETS;
    for (const answer of [
      await editor.call('PATCH', '/presets/web', web),
      await editor.call('DELETE', '/presets/web'),
    ]) {
      expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining('Copy it') as string } });
    }
  });
});

test('another workspace’s preset is not seen, not changed, and may have the same name', async () => {
  const stranger = await callsOf(here, api, 'editor', { workspaceIds: [await here.workspace()] });
  const preset = own();
  await editor.call('POST', '/presets', preset);
  expect((await stranger.call('GET', `/presets/${preset.name}`)).status).toBe(404);
  expect((await stranger.call('PATCH', `/presets/${preset.name}`, preset)).status).toBe(404);
  expect((await stranger.call('DELETE', `/presets/${preset.name}`)).status).toBe(404);
  const elsewhere = await stranger.call('POST', '/presets', { ...preset, workspaceId: here.workspaceId });
  expect(elsewhere.status).toBe(404);
  expect((await stranger.call('POST', '/presets', preset)).status).toBe(201);
});

test('is not deleted while a video waits to be encoded with it', async () => {
  const preset = own();
  await editor.call('POST', '/presets', preset);
  const video = await addVideo(here, { preset: preset.name, state: 'processing' });
  const refused = await editor.call('DELETE', `/presets/${preset.name}`);
  expect(refused.status).toBe(409);
  expect(refused.body['detail']).toMatch(/^1 video is still being uploaded or encoded with this preset/);
  await here.db.video.update({ where: { id: video.id }, data: { state: 'ready' } });
  expect((await editor.call('DELETE', `/presets/${preset.name}`)).status).toBe(204);
});

test('an upload takes an own preset, and its job keeps the definition whatever becomes of it', async () => {
  const preset = own({ ladder: [rung(360, 1)] });
  await editor.call('POST', '/presets', preset);
  const client = tus(api, await here.key('editor'));
  const path = await client.begin(5, { filename: 'a.mp4', preset: preset.name });
  await client.patch(path, 0, new Uint8Array(5));
  const { jobs, ...video } = await here.db.video.findFirstOrThrow({
    where: { uploadId: idOf(path) },
    include: { jobs: true },
  });
  expect(video.preset).toBe(preset.name);
  await editor.call('PATCH', `/presets/${preset.name}`, { ...preset, crf: 30 });
  const job = await here.db.job.findUniqueOrThrow({ where: { id: jobs[0]?.id ?? '' } });
  expect(Preset.parse(job.presetDefinition)).toEqual(preset);
});

test('a video whose preset was deleted is retried with another', async () => {
  const video = await addVideo(here, { preset: `own-${randomUUID()}`, state: 'failed' });
  await addJob(here, video, { state: 'failed' });
  const refused = await editor.call('POST', `/videos/${video.id}/retry`, {});
  expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringContaining('Choose another') as string } });
  const { status, body } = await editor.call('POST', `/videos/${video.id}/retry`, { preset: 'preview' });
  expect([status, body['preset']]).toEqual([201, 'preview']);
  const entry = await here.db.audit.findFirstOrThrow({ where: { action: 'video.retry', target: video.id } });
  expect(entry.details).toMatchObject({ before: { preset: video.preset }, after: { preset: 'preview' } });
});

function rung(height: number, megabits: number): Preset['ladder'][number] {
  return { height, bitRate: megabits * 1_000_000 };
}
