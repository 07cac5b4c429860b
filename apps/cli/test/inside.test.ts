import { setTimeout as sleep } from 'node:timers/promises';
import { PLACEHOLDER } from '@transcode/contracts/settings';
import { startStack, type Stack } from '@transcode/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildInsideProgram } from '../src/inside/inside-program.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.dispose());

/** What a command prints, says and ends with. */
async function run(args: readonly string[], env: Record<string, string> = stack.env) {
  const [printed, said]: [string[], string[]] = [[], []];
  let code: number | undefined;
  const world = {
    ...{ root: '/', version: '0', env, detached: undefined },
    print: (line: string) => void printed.push(line),
    say: (line: string) => void said.push(line),
  };
  const program = buildInsideProgram(world, (ended) => {
    code = ended;
  });
  await program.parseAsync(args, { from: 'user' });
  return { printed, said, code };
}

test('migrating may be done at any time and by many at once', async () => {
  const runs = await Promise.all([run(['migrate']), run(['migrate']), run(['migrate'])]);
  for (const { said, code } of runs) expect([said, code]).toEqual([['The database is up to date.'], 0]);
});

test('migrating waits for a Postgres that is not there yet', async () => {
  let migrating: ReturnType<typeof run> | undefined;
  await stack.outage('postgres', async () => {
    migrating = run(['migrate', '--wait', '60']);
    await sleep(500);
  });
  const { said, code } = (await migrating) ?? {};
  expect([said?.at(-1), code]).toEqual(['The database is up to date.', 0]);

  const nobody = { ...stack.env, DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' };
  await expect(run(['migrate', '--wait', '0'], nobody)).rejects.toThrow(
    /could not be brought up to date.*ECONNREFUSED/,
  );
});

test('a password that is wrong is not waited for', async () => {
  const url = new URL(stack.env['DATABASE_URL'] ?? '');
  url.password = 'wrong';
  await expect(run(['migrate'], { ...stack.env, DATABASE_URL: url.href })).rejects.toThrow(/password/);
});

test('keys and accounts are those of the installation that the environment names', async () => {
  const { printed } = await run(['token', '--role', 'admin']);
  expect(printed).toEqual([expect.stringMatching(/^\S{20,}$/)]);
  expect((await run(['user', 'list'])).printed).toEqual([]);
  await expect(run(['user', 'reset', 'nobody@example.org'])).rejects.toThrow(/nobody@example\.org/);
});

test('without an installation to go to, a command says which variables are missing', async () => {
  await expect(run(['user', 'list'], {})).rejects.toThrow(/DATABASE_URL.*REDIS_URL/);
});

test('what stood in the place of a secret is refused, and named', async () => {
  const url = new URL(stack.env['DATABASE_URL'] ?? '');
  url.password = PLACEHOLDER;
  await expect(run(['migrate'], { ...stack.env, DATABASE_URL: url.href })).rejects.toThrow(/DATABASE_URL\.$/);
  const admin = { FIRST_ADMIN_EMAIL: 'admin@example.org', FIRST_ADMIN_PASSWORD: `${PLACEHOLDER}-with-12-or-more` };
  await expect(run(['first-admin'], { ...stack.env, ...admin })).rejects.toThrow(/FIRST_ADMIN_PASSWORD/);
  expect((await run(['user', 'list'])).printed).toEqual([]);
});
