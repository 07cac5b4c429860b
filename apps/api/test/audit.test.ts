import { AUDIT_ACTIONS, AuditView, DeedView, UNKNOWN_ACCOUNT } from '@transcode/contracts';
import type { AnyTRPCProcedure } from '@trpc/server';
import * as z from 'zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { procedures } from '../src/rest/rest-routes.ts';
import type { RunningApi } from '../src/start.ts';
import { askTrpc } from './access/doors.ts';
import { EXPECTATIONS } from './access/expectations.ts';
import { callersOf, type Caller } from './access/matrix-callers.ts';
import { furnish, Things, type Place } from './access/places.ts';
import { install, type Installation } from './installation.ts';
import { callsOf, type PersonCalls } from './person-calls.ts';
import { someAddress } from './sign-in.ts';
import { tus } from './tus.ts';
import { addJob, addVideo } from './videos.ts';
import { addWorker } from './workers.ts';

const Entries = z.object({ items: z.array(AuditView) });

let here: Installation;
let api: RunningApi;
let reader: PersonCalls;
let things: Things;
let place: Place;
let makeAdmin: (() => Promise<Caller>) | undefined;

beforeAll(async () => {
  here = await install();
  api = await here.start();
  reader = await callsOf(here, api, 'admin');
  things = new Things(here);
  const { id: workerId } = await addWorker(here);
  place = await furnish(here, 'home', { workerId, failure: 'encode_failed' });
  makeAdmin = callersOf(here, api, place.workspaceId).find((_, at) => at === ADMIN);
});
afterAll(() => here.dispose());

/** Nobody, then of each role a person and two keys. */
const ADMIN = 10;

/** What is written down from here on, oldest first. */
async function from<T>(work: () => Promise<T>): Promise<{ value: T; entries: AuditView[] }> {
  const last = await here.db.audit.findFirst({ orderBy: { id: 'desc' }, select: { id: true } });
  const value = await work();
  const { items } = Entries.parse((await reader.call('GET', '/audit?limit=50')).body);
  return { value, entries: items.filter(({ id }) => id > (last?.id ?? '')).toReversed() };
}

const mutations = procedures().filter(([, { _def }]) => (_def as { type?: string }).type === 'mutation');

/** Procedures that write nothing down, and why. */
const SILENT: Readonly<Record<string, string>> = {};

/** What has to be so before there is something to change. */
const BEFORE: Readonly<Record<string, (input: { id?: string }, caller: Caller) => Promise<unknown>>> = {
  'users.enable': ({ id = '' }) => here.db.user.update({ where: { id }, data: { disabledAt: new Date() } }),
  'workers.resume': () =>
    here.db.workControl.upsert({
      where: { scope: 'class:gpu' },
      create: { scope: 'class:gpu', state: 'paused', by: 'me' },
      update: { state: 'paused' },
    }),
  'backups.run': forgetAsked,
  'backups.planRestore': forgetAsked,
  'backups.restore': forgetAsked,
  'operations.retry': forgetAsked,
  'operations.cancel': async ({ id = '' }) => {
    await here.db.operation.deleteMany({ where: { state: 'queued' } });
    await here.db.operation.update({ where: { id }, data: { state: 'queued', endedAt: null } });
  },
  'sessions.endOthers': (_, caller) => things.session(caller),
};

async function forgetAsked(): Promise<void> {
  await here.db.operation.deleteMany({ where: { state: 'queued' } });
}

/** Actions on what has a name. */
const NAMED = /^(video|job|upload|share|key|user|workspace)\./;

describe('every procedure that changes something', () => {
  test.for(mutations)('%s is written down in a sentence', async ([name, procedure]: [string, AnyTRPCProcedure]) => {
    const [caller, expectation] = [await makeAdmin?.(), EXPECTATIONS[name]];
    if (caller === undefined || expectation === undefined) throw new Error(`Nobody may ask for ${name}.`);
    expect(caller.name).toBe('person admin');
    const input = await expectation.input({ things, caller, place, owner: caller });
    await BEFORE[name]?.(input, caller);
    const { value, entries } = await from(() => askTrpc(api, { name, procedure, headers: caller.headers, input }));
    expect(value.code).toBe('ok');
    expect(entries).toHaveLength(name in SILENT ? 0 : 1);
    for (const { action, sentence, actor, targetName } of entries) {
      expect(Object.keys(AUDIT_ACTIONS)).toContain(action);
      expect(actor?.kind).toBe('user');
      expect(sentence).toMatch(/^\S.* .*[^.]\.$/);
      // Nothing that only a program can read, and nothing left open.
      expect(sentence).not.toMatch(/undefined|null|nobody knows|…|\{|: /);
      const isNameless = NAMED.test(action) && targetName === null;
      expect([action, isNameless]).toEqual([action, false]);
    }
  });
});

describe('what is told', () => {
  test('names the video that work was canceled on, whose priority changed, and where it can be seen', async () => {
    const video = await addVideo(here, { title: 'Harbour', state: 'processing' });
    const job = await addJob(here, video);
    const { entries } = await from(async () => {
      await reader.call('POST', '/jobs/priority', { ids: [job.id], priority: 'high' });
      await reader.call('POST', `/jobs/${job.id}/cancel`);
    });
    expect(entries.map(({ sentence, about }) => [sentence, about])).toEqual([
      ['admin moved the work on Harbour from normal to high priority.', { kind: 'job', id: job.id }],
      ['admin canceled the work on Harbour.', { kind: 'job', id: job.id }],
    ]);
    await reader.call('DELETE', `/videos/${video.id}`);
    const { items } = Entries.parse((await reader.call('GET', `/audit?target=${job.id}`)).body);
    expect(items.map(({ about }) => about)).toEqual([null, null]);
  });

  test('an upload that is canceled is told as that, by each way to cancel it', async () => {
    const client = tus(api, await here.key('editor'));
    const byTus = await from(async () => client.remove(await client.begin(5, { filename: 'a.mp4' })));
    expect(byTus.entries.map(({ sentence }) => sentence)).toEqual(['API key “editor” canceled the upload of a.mp4.']);
    // As the console does with what it canceled.
    const { id } = await here.db.video.findFirstOrThrow({ where: { fileName: 'a.mp4' }, orderBy: { id: 'desc' } });
    const after = await from(() => reader.call('DELETE', `/videos/${id}`));
    expect(after.entries.map(({ sentence }) => sentence)).toEqual([
      'admin removed a.mp4, whose upload had ended early.',
    ]);
    const path = await client.begin(5, { filename: 'b.mp4' });
    const coming = await here.db.video.findFirstOrThrow({ where: { uploadId: path.slice(path.lastIndexOf('/') + 1) } });
    const deleted = await from(() => reader.call('DELETE', `/videos/${coming.id}`));
    expect(deleted.entries.map(({ sentence }) => sentence)).toEqual([`admin canceled the upload of ${coming.title}.`]);
  });
});

test('a video and each run of it tell who canceled, retried and moved them, to whoever sees them', async () => {
  const video = await addVideo(here, { title: 'Lock', state: 'processing' });
  const { id } = video;
  const first = await addJob(here, video);
  const editor = await callsOf(here, api, 'editor');
  await editor.call('POST', `/jobs/${first.id}/cancel`);
  await here.db.video.update({ where: { id }, data: { state: 'canceled' } });
  const again = z.object({ id: z.uuid() }).parse((await editor.call('POST', `/videos/${id}/retry`, {})).body);
  await reader.call('POST', '/jobs/priority', { ids: [again.id], priority: 'low' });
  const viewer = await callsOf(here, api, 'viewer');
  const told = async (path: string): Promise<string[]> => {
    const { body } = await viewer.call('GET', path);
    const deeds = z
      .object({ items: z.array(DeedView) })
      .or(z.object({ deeds: z.array(DeedView) }))
      .parse(body);
    return ('items' in deeds ? deeds.items : deeds.deeds).map(({ sentence }) => sentence);
  };
  const [canceled, retried, moved] = [
    'editor canceled the work on Lock.',
    'editor retried Lock.',
    'admin moved the work on Lock from normal to low priority.',
  ];
  expect(await told(`/videos/${id}/history`)).toEqual([moved, retried, canceled]);
  expect(await told(`/jobs/${first.id}`)).toEqual([canceled]);
  expect(await told(`/jobs/${again.id}`)).toEqual([retried, moved]);
});

test('what failed inside of the machines is told to those who run them, and to others what it means', async () => {
  const failure = { failureCode: 'package_failed', failureText: 'v270 has 5 segments', failureTail: '[mp4] what' };
  const video = await addVideo(here, { state: 'failed', ...failure });
  const job = await addJob(here, video, { state: 'failed', ...failure });
  await here.db.task.create({ data: { jobId: job.id, stage: 'package', class: 'light', state: 'failed', ...failure } });
  for (const role of ['viewer', 'editor', 'operator', 'admin'] as const) {
    const person = await callsOf(here, api, role);
    const runsThem = role === 'operator' || role === 'admin';
    const asked = ['/videos', `/videos/${video.id}`, '/jobs', `/jobs/${job.id}`];
    for (const path of asked) {
      const text = JSON.stringify((await person.call('GET', path)).body);
      expect(text).toContain('The parts of the finished video do not fit together.');
      expect([path, text.includes('v270')]).toEqual([path, runsThem]);
      expect([path, !runsThem && text.includes('[mp4] what')]).toEqual([path, false]);
    }
  }
});

function attempt(email: string, address: string): Promise<Response> {
  return fetch(`${api.url}/api/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify({ email, password: 'wrong' }),
  });
}

describe('wrong passwords', () => {
  test('for one account are one entry, which counts them and where they came from', async () => {
    const { email, id } = await here.person('viewer');
    const [first, second] = [someAddress(), someAddress()];
    const { entries } = await from(async () => {
      for (const address of [first, first, second]) expect((await attempt(email, address)).status).toBe(401);
    });
    expect(entries).toMatchObject([{ action: 'auth.wrongPassword', target: id, actor: null }]);
    expect(entries[0]?.sentence).toBe(
      `Somebody gave a wrong password 3 times for ${email} from ${first} and 1 other address.`,
    );
  });

  test('for accounts that do not exist are one entry, without what was typed in their place', async () => {
    const typed = 'my-secret-by-mistake@example.org';
    const { entries } = await from(() => Promise.all([1, 2, 3, 4].map(() => attempt(typed, someAddress()))));
    const rows = await here.db.audit.findMany({ where: { action: 'auth.wrongPassword', target: UNKNOWN_ACCOUNT } });
    expect(JSON.stringify([rows, entries])).not.toContain(typed);
    for (let times = 0; times < 8; times += 1) await attempt(typed, someAddress());
    const later = await here.db.audit.findMany({ where: { action: 'auth.wrongPassword', target: UNKNOWN_ACCOUNT } });
    // Of those that come at the very same moment each may find none before it.
    expect(later).toHaveLength(rows.length);
    expect(rows.length).toBeLessThanOrEqual(4);
  });

  test('of somebody who is signed in are told as theirs', async () => {
    const mine = await callsOf(here, api, 'viewer');
    const body = { current: 'wrong', next: 'another long passphrase' };
    const { entries } = await from(() => mine.call('POST', '/auth/password', body));
    expect(entries[0]).toMatchObject({ action: 'auth.wrongPassword', actor: { id: mine.person.id } });
    expect(entries[0]?.sentence).toMatch(/^viewer gave a wrong password for /);
  });
});
