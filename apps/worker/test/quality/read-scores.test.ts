import { expect, test } from 'vitest';
import { readScores } from '../../src/quality/read-scores.ts';
import { planSampling } from '../../src/quality/sampling.ts';

const ALL = planSampling(2, 1);
const VMAF = JSON.stringify({ frames: [0, 1].map((frameNum) => ({ frameNum, metrics: { vmaf: 90 + frameNum } })) });
const SSIM = 'n:1 Y:0.9 U:0.9 V:0.9 All:0.900000 (10)\nn:2 Y:0.9 U:0.9 V:0.9 All:0.950000 (13)\n';

test('a score for each frame', () => {
  expect(readScores('vmaf', VMAF, ALL).map(({ score }) => score)).toEqual([90, 91]);
  expect(readScores('ssim', SSIM, ALL).map(({ score }) => score)).toEqual([0.9, 0.95]);
});

test.each([
  ['vmaf', ''],
  ['vmaf', VMAF.slice(0, -1)],
  ['vmaf', VMAF.slice(0, 40)],
  ['ssim', ''],
  ['ssim', SSIM.slice(0, -20)],
] as const)("a log of %s that stops short is the disk's fault: %j", (metric, log) => {
  expect(() => readScores(metric, log, ALL)).toThrow(expect.objectContaining({ code: 'scratch_full', blame: 'infra' }));
});
