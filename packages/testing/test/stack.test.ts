import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase } from '@transcode/db';
import { startStack, waitFor, type Stack } from '../src/index.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ s3: true });
});
afterAll(() => stack.dispose());

test('Postgres is migrated, Redis answers, S3 refuses strangers', async () => {
  const db = createDatabase(stack.databaseUrl);
  expect(await db.video.count()).toBe(0);
  await db.$disconnect();
  expect(stack.redisUrl).toMatch(/^redis:\/\/:.+@127\.0\.0\.1:\d+$/);
  const answer = await fetch(`${stack.s3?.endpoint ?? ''}/${stack.s3?.bucket ?? ''}`);
  expect(answer.status).toBe(403);
});

test('Redis and S3 come back on their ports after they were killed', async () => {
  await stack.restartRedis();
  await stack.restartS3();
  const answer = await fetch(`${stack.s3?.endpoint ?? ''}/${stack.s3?.bucket ?? ''}`);
  expect(answer.status).toBe(403);
});

test('Postgres comes back with what it had after an outage, in which nobody answers', async () => {
  const db = createDatabase(stack.databaseUrl);
  await db.workspace.create({ data: { name: 'kept' } });
  await stack.outage('postgres', async () => {
    await expect(db.workspace.count()).rejects.toThrow(/./);
  });
  expect(await waitFor(() => db.workspace.count())).toBe(1);
  await db.$disconnect();
});

test('two stacks live side by side, and nothing is left of one that was disposed of', async () => {
  const other = await startStack();
  expect(other.databaseUrl).not.toBe(stack.databaseUrl);
  const { folder } = other;
  const { pid } = other.postgres;
  await other.dispose();
  expect(existsSync(folder)).toBe(false);
  await waitFor(() => !existsSync(`/proc/${pid}`));
});

test('waiting yields what the condition yields, and tells why it gave up', async () => {
  let turns = 0;
  expect(await waitFor(() => (turns++ < 3 ? undefined : 'there'))).toBe('there');
  const never = waitFor(
    () => {
      throw new Error('no such luck');
    },
    { timeout: 100 },
  );
  await expect(never).rejects.toThrow(/within 100 ms: no such luck/);
});
