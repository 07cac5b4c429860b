import { globSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { CHART } from '../src/chart.ts';
import { INSTALL, runHelm } from './helm/render.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const FILES = globSync(
  ['docs/*.md', 'infra/helm/move-in', 'infra/k8s/README.md', 'infra/k8s/base/disaster-recovery.md'],
  { cwd: ROOT },
).toSorted();
const SET = /--set(?:-string)? (?:'([^']+)'|([^\s`']+))/g;
/** Long enough for any secret. */
const SECRET = 'example-0123456789-0123456789-0123';

/** Each command that sets values: its line, with those that go on, and what it sets. */
const COMMANDS = FILES.flatMap((file) =>
  readFileSync(join(ROOT, file), 'utf8')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .flatMap((line) => {
      const values = [...line.matchAll(SET)].map(([, quoted, plain]) => (quoted ?? plain ?? '').replace('…', SECRET));
      return values.length === 0 ? [] : [{ name: `${basename(file)}: ${values.join(' ')}`, line, values }];
    }),
);

const isRefused = ({ line }: { line: string }): boolean => line.includes('| refused');
const templateWith = (values: readonly string[]) =>
  runHelm(['template', 'transcode', CHART, ...INSTALL, ...values.flatMap((value) => ['--set', value])]);

test('there are some', () => {
  expect(COMMANDS.length).toBeGreaterThan(8);
});

test.each(COMMANDS.filter((command) => !isRefused(command)))(
  'people are told to set what is taken: $name',
  async ({ values }) => {
    const { code, stderr } = await templateWith(values);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  },
);

test.each(COMMANDS.filter(isRefused))('what is said to be refused is: $name', async ({ values }) => {
  expect((await templateWith(values)).code).not.toBe(0);
});
