import { expect, test } from 'vitest';
import { costOf } from '../../src/chaos/accounting.ts';
import type { FfmpegStart } from '../../src/chaos/ffmpeg-watch.ts';
import type { JournalEntry } from '../../src/chaos/journal.ts';

const STRIKE = 100_000;
const fault = { strikeAt: STRIKE, clockAt: STRIKE, running: [] };

let n = 0;
function entry(at: number, taskId: string, change: Partial<JournalEntry>): JournalEntry {
  n += 1;
  const usual = { jobId: 'job', stage: 'encode', index: 0, token: 1, worker: 'worker-1', failureCode: null } as const;
  return { n, at, taskId, from: 'queued', to: 'running', ...usual, ...change };
}

const claim = (at: number, taskId: string, token: number, worker: string, stage: JournalEntry['stage'] = 'encode') =>
  entry(at, taskId, { token, worker, stage });
const loss = (at: number, taskId: string, token: number, worker: string, stage: JournalEntry['stage'] = 'encode') =>
  entry(at, taskId, { token, worker, stage, from: 'running', to: 'queued', failureCode: 'worker_died' });
const ffmpeg = (startedAt: number, worker: string): FfmpegStart => ({ startedAt, worker, pid: startedAt });

test('work that was lost goes on with the next ffmpeg of the worker that took it up, not with any', () => {
  const journal = [claim(STRIKE - 500, 'a', 1, 'worker-1'), loss(STRIKE + 6_000, 'a', 1, 'worker-1')];
  const others = [ffmpeg(STRIKE + 100, 'worker-3'), ffmpeg(STRIKE + 6_200, 'worker-3')];
  expect(costOf(fault, journal, others).nextFfmpegAt).toBeUndefined();
  const taken = [...journal, claim(STRIKE + 7_000, 'a', 2, 'worker-2')];
  expect(costOf(fault, taken, others).nextFfmpegAt).toBeUndefined();
  const cost = costOf(fault, taken, [...others, ffmpeg(STRIKE + 7_300, 'worker-2')]);
  expect(cost.nextFfmpegAt).toBe(STRIKE + 7_300);
  expect(cost.chunksAgain).toEqual(new Map([['worker-1', 1]]));
});

test('of several losses the last one to go on counts, and a stage without ffmpeg goes on when it is claimed', () => {
  const journal = [
    loss(STRIKE + 10, 'a', 1, 'worker-1'),
    loss(STRIKE + 20, 'p', 1, 'worker-1', 'plan'),
    claim(STRIKE + 1_000, 'a', 2, 'worker-2'),
    claim(STRIKE + 3_000, 'p', 2, 'worker-2', 'plan'),
  ];
  const cost = costOf(fault, journal, [ffmpeg(STRIKE + 1_200, 'worker-2')]);
  expect(cost.nextFfmpegAt).toBe(STRIKE + 3_000);
  expect(cost.chunksAgain).toEqual(new Map([['worker-1', 1]]));
});

test('one chunk lost twice by one worker is one chunk, two chunks are two', () => {
  const journal = [
    loss(STRIKE + 10, 'a', 1, 'worker-1'),
    loss(STRIKE + 20, 'a', 2, 'worker-1'),
    loss(STRIKE + 30, 'b', 1, 'worker-1'),
    loss(STRIKE + 40, 's', 1, 'worker-1', 'audio'),
    loss(STRIKE + 50, 'v', 1, 'worker-2', 'verify'),
  ];
  expect(costOf(fault, journal, []).chunksAgain).toEqual(new Map([['worker-1', 3]]));
});

test('what was lost before the strike is not its cost; where nothing was lost any ffmpeg will do', () => {
  const journal = [loss(STRIKE - 1_000, 'a', 1, 'worker-1')];
  const cost = costOf(fault, journal, [ffmpeg(STRIKE - 10, 'worker-1'), ffmpeg(STRIKE + 40, 'worker-2')]);
  expect(cost.losses).toEqual([]);
  expect(cost.nextFfmpegAt).toBe(STRIKE + 40);
});

test('a claim that ran at the strike is undecided until it has ended in some way', () => {
  const running = [
    { taskId: 'a', token: 1 },
    { taskId: 'b', token: 4 },
  ];
  const journal = [
    entry(STRIKE + 500, 'a', { from: 'running', to: 'completed' }),
    loss(STRIKE + 1, 'b', 3, 'worker-1'),
  ];
  expect(costOf({ ...fault, running }, journal, []).undecided).toBe(1);
});
