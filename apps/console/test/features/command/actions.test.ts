import { ROLES } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { actionsFor, retryWanted, settingsFor } from '../../../src/features/command/actions.ts';

const words = (list: readonly { words: string }[]) => list.map((one) => one.words);

test('everybody changes the theme; who may not upload, retry or stop work is not offered it', () => {
  for (const role of ROLES) expect(words(actionsFor(role))).toContain('Dark theme');
  expect(words(actionsFor('viewer'))).not.toContain('Upload files');
  expect(words(actionsFor('editor'))).toContain('Look at what failed, and retry it');
  expect(words(actionsFor('editor'))).not.toContain('Pause, drain or resume work');
  expect(words(actionsFor('operator'))).toContain('Pause, drain or resume work');
  expect(words(settingsFor('editor'))).toEqual(['Account and sessions', 'API keys']);
  expect(words(settingsFor('admin'))).toContain('Audit log');
});

test('nothing is offered twice to anybody', () => {
  const all = words([...actionsFor('admin'), ...settingsFor('admin')]);
  expect(new Set(all).size).toBe(all.length);
});

test.for([
  ['retry', ''],
  ['Retry  ', ''],
  ['retr', ''],
  ['retry harbour at dawn', 'harbour at dawn'],
  ['retrospective', undefined],
  ['try', undefined],
])('%j asks for what failed with %j in its name', ([typed = '', wanted]) => {
  expect(retryWanted(typed)).toBe(wanted);
});
