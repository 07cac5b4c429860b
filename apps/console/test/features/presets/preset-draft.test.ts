import { BUILT_IN_PRESETS, type Preset } from '@transcode/contracts';
import { describe, expect, test } from 'vitest';
import { draftOf, firstError, type PresetDraft } from '../../../src/features/presets/preset-draft.ts';
import { readDraft } from '../../../src/features/presets/read-draft.ts';

const [web] = BUILT_IN_PRESETS;
const preset: Preset = web ?? fail();
const draft = (changes: Partial<PresetDraft> = {}): PresetDraft => ({ ...draftOf(preset), ...changes });

test.for(BUILT_IN_PRESETS)('$name is the same after it was typed', (built) => {
  const ladder = built.ladder.toSorted((a, b) => b.height - a.height);
  expect(readDraft(draftOf(built))).toEqual({ preset: { ...built, ladder }, errors: {} });
});

test('figures are read in the units that are shown', () => {
  const typed = draft({ ladder: [{ key: 0, height: '720', bitRate: '2500' }], crf: '22,5', qualityFloor: '80' });
  expect(readDraft(typed).preset).toMatchObject({
    ladder: [{ height: 720, bitRate: 2_500_000 }],
    crf: 22.5,
    qualityFloor: 80,
  });
  expect(readDraft(draft({ qualityFloor: ' ' })).preset).not.toHaveProperty('qualityFloor');
});

describe('each field that is not right has its sentence', () => {
  test.for<[Partial<PresetDraft>, string, string]>([
    [{ name: 'Our web' }, 'name', 'Use a-z, 0-9 and -, at most 63 of them, not beginning with -'],
    [{ crf: '' }, 'crf', 'Enter a number'],
    [{ crf: 'good' }, 'crf', 'Enter a number'],
    [{ audioBitRate: '8' }, 'audioBitRate', 'It has to be from 32 kb/s to 512 kb/s'],
    [{ qualityFloor: '101' }, 'qualityFloor', 'It has to be from 0 to 100'],
    [{ ladder: [] }, 'ladder', 'A ladder has at least one rung'],
    [{ ladder: [{ key: 0, height: '', bitRate: '800' }] }, 'ladder.0.height', 'Enter a whole number'],
    [{ ladder: [{ key: 0, height: '360', bitRate: '1' }] }, 'ladder.0.bitRate', 'It has to be at least 32 kb/s'],
  ])('%j', ([changes, field, sentence]) => {
    const read = readDraft(draft(changes));
    expect(read.preset).toBeUndefined();
    expect(read.errors[field]).toBe(sentence);
  });
});

test('a preview that is behind says which field has to be right first', () => {
  const ladder = draft().ladder.map((rung, at) => (at === 1 ? { ...rung, bitRate: 'much' } : rung));
  expect(firstError(readDraft(draft({ ladder, crf: '' })).errors)).toBe('Bit rate of rung 2: Enter a whole number.');
  expect(firstError(readDraft(draft({ ladder: [] })).errors)).toBe('Ladder: A ladder has at least one rung.');
  expect(firstError(readDraft(draft()).errors)).toBeUndefined();
});

function fail(): never {
  throw new Error('There is no built-in preset');
}
