import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { install } from './installation.ts';
import type { Installation } from './installation.ts';
import { callsOf } from './person-calls.ts';
import type { PersonCalls } from './person-calls.ts';
import { addJob, addVideo } from './videos.ts';

const NAMES = ['100% done', '1000 done', 'a_b', 'axb', String.raw`back\slash`, 'backslash', 'Größe', 'GRÖSSE'];
const Page = z.object({ items: z.array(z.looseObject({})) });

let here: Installation;
let admin: PersonCalls;

beforeAll(async () => {
  here = await install();
  admin = await callsOf(here, await here.start(), 'admin');
  for (const name of NAMES) {
    await addJob(here, await addVideo(here, { title: name, fileName: 'x' }));
    await addVideo(here, { title: 'x', fileName: name });
    const data = { email: `${randomUUID()}@example.org`, name, role: 'viewer', passwordHash: '' } as const;
    await here.db.user.create({ data });
  }
});
afterAll(() => here.dispose());

const SEARCHES = [
  ['/videos', 'title', 2],
  ['/jobs', 'videoTitle', 1],
  ['/users', 'name', 1],
] as const;

test.for(SEARCHES)('a search of %s takes each character for itself', async ([path, field, each]) => {
  for (const [search, found] of [
    ['0%', ['100% done']],
    ['A_B', ['a_b']],
    [String.raw`K\S`, [String.raw`back\slash`]],
    ['%', ['100% done']],
    ['_', ['a_b']],
    ['\\', [String.raw`back\slash`]],
    ['öß', ['Größe']],
  ] as const) {
    const { items } = Page.parse((await admin.call('GET', `${path}?search=${encodeURIComponent(search)}`)).body);
    const names = new Set(items.map((item) => item[field]).filter((name) => name !== 'x'));
    expect([search, [...names], items.length]).toEqual([search, found, each]);
  }
});
