import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder, type TemporaryFolder } from '@transcode/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Check } from '../src/test-run/checks.ts';
import { runChecks } from '../src/test-run/run-checks.ts';
import { listeningContext, PATH } from './run-command.ts';

let temporary: TemporaryFolder;
beforeAll(async () => {
  temporary = await temporaryFolder('checks');
});
afterAll(() => temporary.remove());

const never = new AbortController().signal;
const inside = (name: string): string => path.join(temporary.path, name);

/** Waits for a word in the diary and writes its own. */
function check(title: string, waitsFor: string): Check {
  const script = `until grep -q '${waitsFor}' "$0"; do sleep 0.1; done; echo '${title}' >>"$0"`;
  return { title, command: 'timeout', args: ['60', '/bin/sh', '-c', script, inside('diary')] };
}

test('checks of a step run side by side, and the steps after each other', async () => {
  await writeFile(inside('diary'), 'begin\n');
  const { context, printed } = listeningContext({ PATH });
  // Of the first step each waits for another.
  const steps = [[check('two', 'one'), check('one', 'zero'), check('zero', 'begin')], [check('three', 'begin')]];
  expect(await runChecks(context, steps, never)).toEqual({ passed: 4, failed: 0 });
  expect(await readFile(inside('diary'), 'utf8')).toBe('begin\nzero\none\ntwo\nthree\n');
  const lines = printed.map((line) => line.replace(/ \(\d.*/, ''));
  expect(lines.toSorted()).toEqual(['ok      one', 'ok      three', 'ok      two', 'ok      zero']);
});

test('what fails is counted and shown, and the others are run all the same', async () => {
  const { context, printed } = listeningContext({ PATH });
  const failing: Check = { title: 'failing', command: '/bin/sh', args: ['-c', 'echo the reason; exit 1'] };
  const reported: Check = { title: 'reported', command: '/bin/true', args: [], report: inside('none.json') };
  await writeFile(inside('diary'), 'begin\n');
  expect(await runChecks(context, [[failing, reported], [check('after', 'begin')]], never)).toEqual({
    passed: 1,
    failed: 2,
  });
  expect(printed.join('\n')).toMatch(/the reason\nFAILED {2}failing \(/);
  expect(printed.join('\n')).toContain('FAILED  reported: 0 passed, 1 not');
});
