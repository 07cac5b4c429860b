import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { CHILD_LIMITS, ERRORS, SCRATCH, SOURCE_LIMITS } from '@transcode/contracts';
import { settingsDocument } from '@transcode/contracts/settings';
import { ALERT_VARIABLES } from '@transcode/monitoring';
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

test('docs/settings.md has every setting as the list has it, and no other', async () => {
  const written = rowsOf(settingsDocument());
  expect(written.length).toBeGreaterThan(40);
  expect(rowsOf(await documentOf('settings.md'))).toEqual(written);
});

test('docs/running.md has every command and every option, and no other', async () => {
  const commands = rowsOf(await documentOf('running.md')).filter(([cell = '']) => /^`[a-z]/.test(cell));
  const code = commands.flatMap(([cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text));
  const names = code.filter((text) => /^[a-z]/.test(text)).map((text) => text.split(' ')[0]);
  const options = code.join(' ').match(/--[a-z-]+/g);

  const world = { root: '/', version: '0', env: {}, print: () => 0, say: () => 0, detached: undefined };
  const program = buildProgram(world, [], () => 0);
  expect(new Set(names)).toEqual(new Set(program.commands.map((command) => command.name())));
  const known = program.commands
    .flatMap((command) => [command, ...command.commands])
    .flatMap((command) => command.options.map((option) => option.long));
  expect(new Set(options)).toEqual(new Set(known.filter((option) => option !== '--data')));
});

test('docs/security.md has every limit on what uploads may use, and no other', async () => {
  const limits = Object.entries({ SOURCE_LIMITS, CHILD_LIMITS, SCRATCH }).flatMap(([name, group]) =>
    Object.entries(group).map(([limit, value]) => [`\`${name}.${limit}\``, value.toLocaleString('en')]),
  );
  const rows = rowsOf(await documentOf('security.md'));
  expect(rows.map(([constant, , value]) => [constant, value])).toEqual(limits);
});

test('docs/integrating.md tells no command that is not there', async () => {
  const world = { root: '/', version: '0', env: {}, print: () => 0, say: () => 0, detached: undefined };
  const program = buildProgram(world, [], () => 0);
  const told = [...(await documentOf('integrating.md')).matchAll(/`\.\/transcode ([a-z]+)([^`]*)`/g)];
  expect(told.length).toBeGreaterThan(0);
  for (const [, name = '', options = ''] of told) {
    const command = program.commands.find((one) => one.name() === name);
    const known = command?.options.map(({ long }) => long) ?? [];
    expect([name, options.match(/--[a-z-]+/g)?.filter((option) => !known.includes(option))]).toEqual([name, []]);
  }
});

test('runbooks tell no command that is not there', async () => {
  const folder = fileURLToPath(new URL('../../../docs/runbooks', import.meta.url));
  const world = { root: '/', version: '0', env: {}, print: () => 0, say: () => 0, detached: undefined };
  const program = buildProgram(world, [], () => 0);
  const texts = await Promise.all(globSync('*.md', { cwd: folder }).map((file) => documentOf(`runbooks/${file}`)));
  const told = texts.flatMap((text) => [...text.matchAll(/\.\/transcode ([a-z]+)([^`\n]*)/g)]);
  expect(told.length).toBeGreaterThan(20);
  const wrong = told.filter(([, name, options = '']) => {
    const command = program.commands.find((one) => one.name() === name);
    const known = command?.options.map(({ long }) => long) ?? [];
    return command === undefined || options.match(/--[a-z-]+/g)?.some((option) => !known.includes(option)) === true;
  });
  expect(wrong.map(([text]) => text)).toEqual([]);
});

test('docs/compliance.md names tests that are there, one at least for each control', async () => {
  const document = await documentOf('compliance.md');
  const [head = '', , ...controls] = document.slice(document.indexOf('| control ')).split('\n\n')[0]?.split('\n') ?? [];
  expect(controls.filter((line) => line.split('|').length !== head.split('|').length)).toEqual([]);
  const rows = controls.map((line) => line.match(/`[\w/.-]+\.ts`/g)?.map((name) => name.slice(1, -1)) ?? []);
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.filter((names) => names.length === 0)).toEqual([]);
  const root = new URL('../../../', import.meta.url);
  expect(rows.flat().filter((name) => !existsSync(new URL(name, root)))).toEqual([]);
});

test('docs/monitoring.md has every variable of alerts, and no other', async () => {
  const told = rowsOf(await documentOf('monitoring.md')).flatMap(([cell = '']) => cell.match(/ALERT_[A-Z_]+/g) ?? []);
  expect(new Set(told)).toEqual(new Set(ALERT_VARIABLES));
});
