import { roleAtLeast } from '@transcode/contracts';
import type { AnyTRPCProcedure } from '@trpc/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { metaOf, procedures } from '../../src/rest/rest-routes.ts';
import type { RunningApi } from '../../src/start.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { encodeMetadata } from '../tus.ts';
import { addSamples, addWorker } from '../workers.ts';
import { askRest, askTrpc, type Answer } from './doors.ts';
import { EXPECTATIONS, type Expectation } from './expectations.ts';
import { callersOf, type Caller } from './matrix-callers.ts';
import { furnish, Things, type Place } from './places.ts';

/** Each procedure × role × kind of caller × whose the thing is, by each door. */

let here: Installation;
let api: RunningApi;
let things: Things;
let home: Place;
let elsewhere: Place;
let makeCallers: (() => Promise<Caller>)[];
let callers: Caller[];

beforeAll(async () => {
  here = await install();
  api = await here.start();
  things = new Things(here);
  // As if it were alive for as long as this takes.
  const at = new Date(Date.now() + 3_600_000);
  const { id: workerId } = await addWorker(here, { seenAt: at });
  await addSamples(here, workerId);
  await here.db.gpuSample.updateMany({ data: { at } });
  home = await furnish(here, 'home', { workerId, failure: 'encode_failed' });
  elsewhere = await furnish(here, 'elsewhere', { workerId, failure: 'package_failed' });
  makeCallers = callersOf(here, api, home.workspaceId);
  callers = await Promise.all(makeCallers.map((make) => make()));
});
afterAll(() => here.dispose());

type Whose = 'mine' | 'colleague’s' | 'stranger’s';
const placeOf = (whose: Whose): Place => (whose === 'stranger’s' ? elsewhere : home);

function whoseOf({ about }: Expectation): Whose[] {
  if (about === 'owned') return ['mine', 'colleague’s', 'stranger’s'];
  return about === 'workspace' ? ['colleague’s', 'stranger’s'] : ['colleague’s'];
}

function isThere(about: Expectation['about'], { role, seesAll }: Caller, whose: Whose): boolean {
  if (about === 'nothing' || whose === 'mine') return true;
  return (about === 'workspace' || role === 'admin') && (whose === 'colleague’s' || seesAll);
}

function expected(expectation: Expectation, caller: Caller, whose: Whose): string {
  const { role, closedTo, about, counts, answers } = expectation;
  if (role !== 'public') {
    if (caller.kind === 'nobody') return 'unauthenticated';
    if (!roleAtLeast(caller.role, role)) return 'forbidden';
    if (caller.kind === 'key' && closedTo === 'keys') return 'person_required';
    if (caller.kind === 'key' && closedTo === 'workspaceKeys' && !caller.seesAll) return 'reach_required';
  }
  const there = isThere(about, caller, whose);
  if (counts) return there ? 'count 1' : 'count 0';
  return there ? (answers?.(caller) ?? 'ok') : 'not_found';
}

/** There is one database, and a second test beside this one. */
const AT_ONCE = 6;

async function fewAtOnce<T, U>(items: readonly T[], work: (item: T) => Promise<U>): Promise<U[]> {
  const done: U[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    done.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))));
  }
  return done;
}

/** What the answer says, and what it should not have said or has left out. */
function toldBy({ code, text }: Answer, expectation: Expectation, caller: Caller): string {
  const counted = expectation.counts && code === 'ok' ? `count ${/"count":(\d+)/.exec(text)?.[1]}` : code;
  const sees = expectation.bySecret === true || caller.seesAll;
  const leaked = sees ? [] : [...elsewhere.secrets].filter((secret) => text.includes(secret));
  const isTold = ({ secrets }: Place): boolean => [...secrets].some((secret) => text.includes(secret));
  const expectsAll = expectation.tells === true && code === 'ok';
  const missing = expectsAll ? [home, ...(sees ? [elsewhere] : [])].filter((place) => !isTold(place)) : [];
  return [
    counted,
    ...leaked.map((secret) => `tells ${secret}`),
    ...missing.map(({ marker }) => `without ${marker}`),
  ].join();
}

test('every procedure has an expectation, none is left of one that went, and each declares what is expected', () => {
  const declared = procedures().map(([name, procedure]) => {
    const { role, person, reach } = metaOf(procedure) ?? {};
    return [name, { role, closedTo: person === true ? 'keys' : reach === 'all' ? 'workspaceKeys' : undefined }];
  });
  const wanted = Object.entries(EXPECTATIONS).map(([name, { role, closedTo }]) => [name, { role, closedTo }]);
  expect(Object.fromEntries(declared)).toEqual(Object.fromEntries(wanted));
});

describe('each caller is told what it should be, by each door, and nothing of a workspace that it does not see', () => {
  test.for(procedures())('%s', async ([name, procedure]) => {
    const expectation = EXPECTATIONS[name];
    if (expectation === undefined) throw new Error(`What is expected of ${name} is written down nowhere.`);
    const doors = doorsOf(name, procedure);
    const cells = Object.entries(doors).flatMap(([door, ask]) =>
      callers.flatMap((_, index) => whoseOf(expectation).map((whose) => ({ door, ask, index, whose }))),
    );
    const table = await fewAtOnce(cells, async ({ door, ask, index, whose }) => {
      const caller = expectation.endsCaller ? await makeCallers[index]?.() : callers[index];
      if (caller === undefined) throw new Error('There is nobody to ask.');
      const owner = whose === 'mine' ? caller : undefined;
      const input = await expectation.input({ things, caller, place: placeOf(whose), owner });
      const answer = await ask(caller, input);
      const cell = `${door}, ${caller.name}, ${whose}`;
      return [cell, toldBy(answer, expectation, caller), expected(expectation, caller, whose)] as const;
    });
    expect(Object.fromEntries(table.map(([cell, answered]) => [cell, answered]))).toEqual(
      Object.fromEntries(table.map(([cell, , wanted]) => [cell, wanted])),
    );
  });
});

function doorsOf(
  name: string,
  procedure: AnyTRPCProcedure,
): Record<string, (caller: Caller, input: object) => Promise<Answer>> {
  const rest = metaOf(procedure)?.rest;
  return {
    trpc: ({ headers }, input) => askTrpc(api, { name, procedure, headers, input }),
    ...(rest === undefined ? {} : { rest: ({ headers }, input) => askRest(api, { route: rest, headers, input }) }),
  };
}

/** What goes by none of the procedures. */
interface Request {
  readonly method: string;
  readonly path: (whose: Whose, caller: Caller) => Promise<string>;
  readonly headers?: (whose: Whose) => Record<string, string>;
  readonly whose: readonly Whose[];
  /** The status, and of what there is not what it is. */
  readonly told: (caller: Caller, whose: Whose) => string;
}

const TUS = { 'tus-resumable': '1.0.0' };
const edits = ({ role }: Caller): boolean => roleAtLeast(role, 'editor');
const uploadOf = async (whose: Whose, caller: Caller): Promise<string> =>
  `/api/uploads/${await things.upload(placeOf(whose), whose === 'mine' ? caller : undefined)}`;
const ownUpload = (done: string) => (caller: Caller, whose: Whose) =>
  caller.kind === 'nobody' ? '401' : edits(caller) && isThere('owned', caller, whose) ? done : '404';
const ALL_WHOSE = ['mine', 'colleague’s', 'stranger’s'] as const;
const published = async (whose: Whose): Promise<string> => {
  const where = { workspaceId: placeOf(whose).workspaceId, publishedJobId: { not: null } };
  return (await here.db.video.findFirstOrThrow({ where, orderBy: { id: 'asc' } })).id;
};

const REQUESTS: Record<string, Request> = {
  'an upload is begun': {
    method: 'POST',
    path: () => Promise.resolve('/api/uploads'),
    headers: (whose) => ({
      ...TUS,
      ...{ 'upload-length': '5' },
      'upload-metadata': encodeMetadata({ filename: 'a.mp4', workspaceId: placeOf(whose).workspaceId }),
    }),
    whose: ['colleague’s', 'stranger’s'],
    told: (caller, whose) =>
      caller.kind === 'nobody' ? '401' : !edits(caller) ? '403' : isThere('workspace', caller, whose) ? '201' : '400',
  },
  'an upload is asked for': {
    method: 'HEAD',
    path: uploadOf,
    headers: () => TUS,
    whose: ALL_WHOSE,
    told: ownUpload('200'),
  },
  'an upload goes on': {
    method: 'PATCH',
    path: uploadOf,
    headers: () => ({ ...TUS, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }),
    whose: ALL_WHOSE,
    told: ownUpload('204'),
  },
  'an upload is taken back': {
    method: 'DELETE',
    path: uploadOf,
    headers: () => TUS,
    whose: ALL_WHOSE,
    told: ownUpload('204'),
  },
  // There is none: whoever sees the video is told so, and the others that there is no video.
  'a rendition is downloaded': {
    method: 'GET',
    path: async (whose) => `/api/v1/videos/${await published(whose)}/renditions/v720.mp4`,
    whose: ['colleague’s', 'stranger’s'],
    told: (caller, whose) =>
      caller.kind === 'nobody' ? '401' : isThere('workspace', caller, whose) ? '404 rendition' : '404 video',
  },
  'an uploaded file is downloaded': {
    method: 'GET',
    path: async (whose) => `/api/v1/videos/${await published(whose)}/source`,
    whose: ['colleague’s', 'stranger’s'],
    told: (caller, whose) =>
      caller.kind === 'nobody'
        ? '401'
        : !edits(caller)
          ? '403'
          : isThere('workspace', caller, whose)
            ? '404 uploaded file'
            : '404 video',
  },
  'a video is played by its address': {
    method: 'GET',
    path: async (whose) => {
      const admin = callers.find(({ name }) => name === 'person admin');
      const input = { id: await published(whose) };
      const { text } = await askTrpc(api, { name: 'videos.get', headers: admin?.headers ?? {}, input });
      return /"playbackUrl":"https?:\/\/[^/]+([^"]+)"/.exec(text)?.[1] ?? 'none';
    },
    whose: ['colleague’s', 'stranger’s'],
    told: () => '200',
  },
};

describe('uploads, downloads and playback', () => {
  test.for(Object.entries(REQUESTS))('%s', async ([, { method, path, headers, whose, told }]) => {
    const cells = callers.flatMap((caller) => whose.map((of) => ({ caller, of })));
    const table = await fewAtOnce(cells, async ({ caller, of }) => {
      const own = { ...caller.headers, ...headers?.(of) };
      const body = method === 'PATCH' ? { body: Buffer.from('hello') } : {};
      const response = await fetch(api.url + (await path(of, caller)), { method, headers: own, ...body });
      const [, what] = /There is no such (rendition|video|uploaded file)/.exec(await response.text()) ?? [];
      const answered = what === undefined ? `${response.status}` : `${response.status} ${what}`;
      return [`${caller.name}, ${of}`, answered, told(caller, of)] as const;
    });
    expect(Object.fromEntries(table.map(([cell, answered]) => [cell, answered]))).toEqual(
      Object.fromEntries(table.map(([cell, , wanted]) => [cell, wanted])),
    );
  });
});
