import { readFile } from 'node:fs/promises';
import { CHILD_LIMITS, ERRORS, SCRATCH, SOURCE_LIMITS } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { buildProgram } from '../src/program.ts';

const AT_FAULT = { input: 'you or the file', infra: 'the surroundings', outage: 'an outage', work: 'us' } as const;

const documentOf = (name: string): Promise<string> =>
  readFile(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');

/** The cells of each table row whose first cell is code. */
function rowsOf(document: string): string[][] {
  return document
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

test('docs/errors.md has every error as the registry has it, and no other', async () => {
  const registered = Object.entries(ERRORS).map(([code, { status, retryable, blame, sentence }]) => [
    `\`${code}\``,
    String(status),
    retryable ? 'yes' : 'no',
    AT_FAULT[blame],
    sentence,
  ]);
  expect(rowsOf(await documentOf('errors.md'))).toEqual(registered);
});

test('docs/running.md has every command and every option, and no other', async () => {
  const commands = rowsOf(await documentOf('running.md')).filter(([cell = '']) => /^`[a-z]/.test(cell));
  const code = commands.flatMap(([cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text));
  const names = code.filter((text) => /^[a-z]/.test(text)).map((text) => text.split(' ')[0]);
  const options = code.join(' ').match(/--[a-z-]+/g);

  const world = { root: '/', version: '0', env: {}, print: () => 0, say: () => 0, detached: undefined };
  const program = buildProgram(world, [], () => 0);
  expect(new Set(names)).toEqual(new Set(program.commands.map((command) => command.name())));
  const known = program.commands.flatMap((command) => command.options.map((option) => option.long));
  expect(new Set(options)).toEqual(new Set(known.filter((option) => option !== '--data')));
});

test('docs/security.md has every limit on what uploads may use, and no other', async () => {
  const limits = Object.entries({ SOURCE_LIMITS, CHILD_LIMITS, SCRATCH }).flatMap(([name, group]) =>
    Object.entries(group).map(([limit, value]) => [`\`${name}.${limit}\``, value.toLocaleString('en')]),
  );
  const rows = rowsOf(await documentOf('security.md'));
  expect(rows.map(([constant, , value]) => [constant, value])).toEqual(limits);
});
