import { globSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { CHART } from '../src/chart.ts';
import { INSTALL, runHelm } from './helm/render.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const FILES = globSync(['docs/*.md', 'infra/helm/move-in', 'infra/k8s/README.md'], { cwd: ROOT }).toSorted();
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

test('there are some', () => {
  expect(COMMANDS.length).toBeGreaterThan(8);
});

test.each(COMMANDS)(
  'what people are told to set is taken, or refused where it says so: $name',
  async ({ line, values }) => {
    const args = ['template', 'transcode', CHART, ...INSTALL, ...values.flatMap((value) => ['--set', value])];
    const { code, stderr } = await runHelm(args);
    if (!line.includes('| refused')) expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    else expect(code).not.toBe(0);
  },
);
