import { BUILT_IN_PRESETS } from '@transcode/contracts';
import { beforeEach, expect, test, vi } from 'vitest';
import { draftKey, dropDraft, keepDraft, keptDraft } from '../../../src/features/presets/kept-draft.ts';
import { draftOf, type PresetDraft } from '../../../src/features/presets/preset-draft.ts';

const KEY = draftKey('anna', '/presets/tiny/edit');

let stored: Map<string, string>;
beforeEach(() => {
  stored = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  });
});

function base(): PresetDraft {
  const [web] = BUILT_IN_PRESETS;
  if (web === undefined) throw new Error('There is no built-in preset');
  return draftOf(web);
}

test('what was typed is found again, until it is saved', () => {
  const draft = { ...base(), crf: '2' };
  keepDraft(KEY, { draft, base: base() }, 5);
  expect(keptDraft(KEY)).toEqual({ draft, base: base(), at: 5 });
  expect(keptDraft(draftKey('ben', '/presets/tiny/edit'))).toBeUndefined();
  dropDraft(KEY);
  expect(keptDraft(KEY)).toBeUndefined();
});

test('what is as it was is not kept, whichever row a rung is in', () => {
  keepDraft(KEY, { draft: { ...base(), title: 'Other' }, base: base() }, 5);
  const rows = base().ladder.map((rung) => ({ ...rung, key: rung.key + 7 }));
  keepDraft(KEY, { draft: { ...base(), ladder: rows }, base: base() }, 6);
  expect(stored.size).toBe(0);
});

test.for(['', 'null', '{"draft": {}}', '{"draft": {"ladder": [1]}, "base": {}, "at": 1}'])('%j is no draft', (text) => {
  stored.set(KEY, text);
  expect(keptDraft(KEY)).toBeUndefined();
});
