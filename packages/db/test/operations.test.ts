import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  askOperation,
  beatBackupRunner,
  beginOperation,
  breakOffOperations,
  cancelOperation,
  endOperation,
  findBackupRunner,
  forgetHistory,
  isOperationCanceled,
  leaveBackupRunner,
  takeOperation,
  tellStep,
} from '../src/index.ts';
import { realPostgres, type RealPostgres } from './real-postgres.ts';

let postgres: RealPostgres;

beforeAll(async () => {
  postgres = await realPostgres();
});
beforeEach(() => postgres.db.operation.deleteMany());
afterAll(() => postgres.stop());

const BACKUP = { kind: 'backup', by: 'ada' } as const;
const row = (id: string) => postgres.db.operation.findUniqueOrThrow({ where: { id } });

test('twenty who ask at once get one, and two who would do it never both', async () => {
  const { db } = postgres;
  const asked = await Promise.all(Array.from({ length: 20 }, () => askOperation(db, BACKUP)));
  expect(new Set(asked.map(({ operation }) => operation.id)).size).toBe(1);
  expect(asked.filter(({ isNew }) => isNew)).toHaveLength(1);
  const taken = await Promise.all(Array.from({ length: 5 }, () => takeOperation(db)));
  expect(taken.filter((one) => one !== undefined)).toHaveLength(1);
  // While it runs the schedule begins no other of its kind.
  expect(await beginOperation(db, 'backup')).toBeUndefined();
  expect(await beginOperation(db, 'drill')).toMatchObject({ state: 'running', askedBy: null });
});

test('once it is over it may be asked for again, and nothing is told of it any more', async () => {
  const { db } = postgres;
  const { operation } = await askOperation(db, BACKUP);
  await takeOperation(db);
  await tellStep(db, operation.id, { step: 1, doing: 'Dumping' });
  expect(await row(operation.id)).toMatchObject({ step: 1, doing: 'Dumping' });
  expect((await row(operation.id)).steps).toMatchObject([{ at: expect.stringMatching(/Z$/), doing: 'Dumping' }]);
  await endOperation(db, operation.id, { state: 'completed', sentence: undefined });
  await tellStep(db, operation.id, { step: 2, doing: 'Too late' });
  await endOperation(db, operation.id, { state: 'failed', sentence: 'Too late.' });
  expect(await row(operation.id)).toMatchObject({ state: 'completed', step: 1, doing: null, sentence: null });
  expect((await askOperation(db, BACKUP)).isNew).toBe(true);
});

test('what waits is canceled at once, what runs is told, and neither twice', async () => {
  const { db } = postgres;
  const waiting = (await askOperation(db, BACKUP)).operation.id;
  expect(await cancelOperation(db, { id: waiting, by: 'bob' })).toMatchObject({ state: 'canceled', canceledBy: 'bob' });
  expect(await takeOperation(db)).toBeUndefined();
  const running = (await askOperation(db, BACKUP)).operation.id;
  await takeOperation(db);
  expect(await isOperationCanceled(db, running)).toBe(false);
  expect(await cancelOperation(db, { id: running, by: 'bob' })).toMatchObject({ state: 'running', endedAt: null });
  expect(await isOperationCanceled(db, running)).toBe(true);
  expect(await cancelOperation(db, { id: running, by: 'eve' })).toBeUndefined();
  await breakOffOperations(db, 'It was broken off.');
  expect(await row(running)).toMatchObject({ state: 'failed', canceledBy: 'bob', sentence: 'It was broken off.' });
});

test('a runner is there while it is heard', async () => {
  const { db } = postgres;
  expect(await findBackupRunner(db)).toBeUndefined();
  const next = { nextBackupAt: new Date('2027-01-02T02:00:00Z'), nextDrillAt: null };
  await beatBackupRunner(db, { host: 'one', ...next });
  await beatBackupRunner(db, { host: 'one', ...next, nextDrillAt: new Date('2027-01-03T04:00:00Z') });
  expect(await findBackupRunner(db)).toMatchObject({ host: 'one', nextDrillAt: new Date('2027-01-03T04:00:00Z') });
  await db.backupRunner.updateMany({ data: { seenAt: new Date(Date.now() - 16_000) } });
  expect(await findBackupRunner(db)).toBeUndefined();
  await leaveBackupRunner(db, 'one');
  expect(await db.backupRunner.count()).toBe(0);
});

test('history is forgotten, and what is open is no history', async () => {
  const { db } = postgres;
  const endedAt = new Date('2026-01-01T00:00:00Z');
  await db.operation.createMany({
    data: [
      { kind: 'backup', state: 'completed', endedAt },
      { kind: 'backup', state: 'running' },
    ],
  });
  await forgetHistory(db, new Date('2026-02-01T00:00:00Z'));
  expect((await db.operation.findMany()).map(({ state }) => state)).toEqual(['running']);
});
