import { MaintenanceItem } from '@transcode/contracts';
import { endOperation, takeOperation, tellStep } from '@transcode/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { install, type Installation } from './installation.ts';
import { callsOf, type PersonCalls } from './person-calls.ts';

const Page = z.object({ items: z.array(MaintenanceItem), nextCursor: z.string().nullable() });

let here: Installation;
let admin: PersonCalls;

beforeAll(async () => {
  here = await install();
  admin = await callsOf(here, await here.start(), 'admin');
});
afterAll(() => here.dispose());

async function list(query = ''): Promise<z.infer<typeof Page>> {
  return Page.parse((await admin.call('GET', `/operations${query}`)).body);
}
const kinds = async (query: string): Promise<string[]> => (await list(query)).items.map(({ kind }) => kind);

test('what ran of each kind is one list with what is erased, narrowed by kind and state, page by page', async () => {
  const { db } = here;
  expect(await list()).toEqual({ items: [], nextCursor: null });
  await db.operation.create({ data: { kind: 'backup' } });
  const { id } = (await takeOperation(db)) ?? { id: '' };
  for (const [at, doing] of ['Dumping', 'Restoring'].entries()) await tellStep(db, id, { step: at + 1, doing });
  await endOperation(db, id, { state: 'failed', sentence: 'The disk is full.' });
  const subjectId = crypto.randomUUID();
  const askedByUserId = admin.person.id;
  await db.erasure.create({ data: { kind: 'video', subjectId, askedByUserId, rows: 4, objects: 12 } });
  await db.operation.create({ data: { kind: 'drill', askedBy: 'ada@example.org' } });
  await db.erasure.create({ data: { kind: 'user', subjectId: crypto.randomUUID(), erasedAt: new Date() } });

  const all = await list();
  expect(all.items.map(({ kind, state }) => [kind, state])).toEqual([
    ['erase', 'completed'],
    ['drill', 'queued'],
    ['erase', 'running'],
    ['backup', 'failed'],
  ]);
  expect(all.items[2]).toMatchObject({ askedBy: 'admin', erased: { kind: 'video', subjectId, rows: 4, objects: 12 } });
  expect(all.items[3]).toMatchObject({ sentence: 'The disk is full.', erased: null });
  expect(all.items[3]?.steps.map(({ doing }) => doing)).toEqual(['Dumping', 'Restoring']);
  expect(await kinds('?kind=erase')).toEqual(['erase', 'erase']);
  expect(await kinds('?kind=backup,drill')).toEqual(['drill', 'backup']);
  expect(await kinds('?state=running')).toEqual(['erase']);
  expect(await kinds('?state=failed,completed')).toEqual(['erase', 'backup']);
  const first = await list('?limit=3');
  expect(first.items).toEqual(all.items.slice(0, 3));
  expect(await list(`?limit=3&cursor=${first.nextCursor}`)).toEqual({ items: all.items.slice(3), nextCursor: null });
});
