import { BUILT_IN_PRESETS } from '@transcode/contracts';
import { expect, test } from 'vitest';
import { mostBytesAMinute, previewLadder } from '../../../src/features/presets/preview-ladder.ts';
import { SAMPLE_SOURCES } from '../../../src/features/presets/sample-sources.ts';

function preview(key: string, name = 'web') {
  const source = SAMPLE_SOURCES.find((one) => one.key === key);
  const preset = BUILT_IN_PRESETS.find((one) => one.name === name);
  if (source === undefined || preset === undefined) throw new Error(`There is no ${key} or no ${name}`);
  const made = previewLadder(source.probe, preset);
  if ('refused' in made) throw new Error(made.refused);
  return made;
}

test('a portrait source keeps its shape, rung by rung', () => {
  const { rungs } = preview('portrait');
  expect(rungs.map(({ width, height }) => `${width}x${height}`)).toEqual([
    ...['1080x1920', '720x1280', '540x960', '432x768', '360x640', '234x416'],
  ]);
  expect(rungs.every(({ skipped }) => !skipped)).toBe(true);
});

test('what the source is too small for is shown as not made', () => {
  const { rungs, notes } = preview('4-3');
  expect(rungs.map(({ lines, skipped }) => [lines, skipped])).toEqual([
    ...[
      [1080, true],
      [720, true],
      [576, false],
      [432, false],
      [360, false],
      [234, false],
    ],
  ]);
  expect(notes).toContainEqual(expect.stringContaining('interlaced'));
});

test('a minute costs no more than all caps and the sound together', () => {
  const made = preview('1080p25', 'preview');
  expect(mostBytesAMinute(made)).toBe(((800_000 + 96_000) * 60) / 8);
});

test('every sample is taken by every built-in preset', () => {
  for (const { key } of SAMPLE_SOURCES)
    for (const { name } of BUILT_IN_PRESETS) expect(preview(key, name).rungs).not.toEqual([]);
});

test('a source that the planner refuses is told in its words', () => {
  const [{ probe }] = SAMPLE_SOURCES;
  const [web] = BUILT_IN_PRESETS;
  if (web === undefined) throw new Error('There is no built-in preset');
  expect(previewLadder({ ...probe, durationSeconds: 200_000 }, web)).toEqual({
    refused: expect.stringContaining('24 hours') as string,
  });
});
