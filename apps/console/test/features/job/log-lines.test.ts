import { expect, test } from 'vitest';
import { linesWith, logText, type LogLine } from '../../../src/features/job/log-lines.ts';

const line = (text: string, said: string[] = []): LogLine => ({
  ...{ id: text, time: '2026-11-26T12:00:00.000Z', level: 'info', worker: 'w1', stage: 'encode', index: 2 },
  ...{ text, cause: null, said },
});
const lines = [line('Task begun'), line('ffmpeg ended with 0', ['Input #0, mp4', 'frame I:4 Avg QP:17'])];

test('the log is searched in any case, also in what ffmpeg said', () => {
  expect(linesWith(lines, ' ').length).toBe(2);
  expect(linesWith(lines, 'picture 3').map(({ text }) => text)).toEqual(['Task begun', 'ffmpeg ended with 0']);
  expect(linesWith(lines, 'avg qp')).toEqual([line('ffmpeg ended with 0', ['frame I:4 Avg QP:17'])]);
  expect(linesWith(lines, 'nowhere')).toEqual([]);
});

test('it is taken along as a text', () => {
  expect(logText(lines).split('\n').slice(1, 3)).toEqual([
    '2026-11-26T12:00:00.000Z INFO w1 Encode the picture 3: ffmpeg ended with 0',
    '    Input #0, mp4',
  ]);
});
