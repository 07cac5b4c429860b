import { expect, test } from 'vitest';
import { parseGpus } from '../../src/condition/parse-gpus.ts';

/** As nvidia-smi prints them: an H100 with encoder figures, and a T4 whose driver does not tell them. */
const H100 =
  '0, GPU-2f0c1b3e-6a37-4c9d-8e35-0f9a7b6d1c42, NVIDIA H100 80GB HBM3, 37, 0, 12, 1045, 81559, 34, 118.53, 700.00, 0';
const T4 =
  '1, GPU-6c1f9a0e-7c44-2d0b-9f52-5f1c7cb7a8e1, Tesla T4, 63, [N/A], [N/A], 412, 15360, 51, 44.09, 70.00, [Not Supported]';

test('each line is a GPU, in bytes and watts', () => {
  expect(parseGpus(`${H100}\n${T4}\n`)).toEqual([
    {
      ...{ index: 0, uuid: 'GPU-2f0c1b3e-6a37-4c9d-8e35-0f9a7b6d1c42', name: 'NVIDIA H100 80GB HBM3' },
      ...{ utilisation: 37, encoder: 0, decoder: 12, celsius: 34, watts: 118.53, wattsLimit: 700, encoderSessions: 0 },
      ...{ memoryUsedBytes: 1045 * 1024 ** 2, memoryTotalBytes: 81559 * 1024 ** 2 },
    },
    {
      ...{ index: 1, uuid: 'GPU-6c1f9a0e-7c44-2d0b-9f52-5f1c7cb7a8e1', name: 'Tesla T4' },
      ...{ utilisation: 63, encoder: null, decoder: null, celsius: 51, watts: 44.09, wattsLimit: 70 },
      ...{ encoderSessions: null, memoryUsedBytes: 412 * 1024 ** 2, memoryTotalBytes: 15360 * 1024 ** 2 },
    },
  ]);
});

test('what a real card said while it decoded (driver 580.159) is understood', () => {
  const said =
    '0, GPU-73a099b0-7bcb-8533-1a90-10a6a58a5dd1, NVIDIA H200, 1, 0, 14, 681, 143771, 36, 126.22, 700.00, 0\n';
  expect(parseGpus(said)).toEqual([
    expect.objectContaining({ name: 'NVIDIA H200', utilisation: 1, encoder: 0, decoder: 14, encoderSessions: 0 }),
  ]);
});

test('a card in parts (MIG) tells less, and is a card', () => {
  const mig = H100.replace('37, 0, 12', '[N/A], [N/A], [N/A]');
  expect(parseGpus(mig)).toEqual([expect.objectContaining({ utilisation: null, encoder: null, celsius: 34 })]);
});

test('no line is no GPU', () => {
  expect(parseGpus('')).toEqual([]);
});

test.each([
  ['a field less', H100.slice(0, H100.lastIndexOf(','))],
  ['a field more', `${H100}, 1`],
  ['units', H100.replace('37,', '37 %,')],
  ['a number below zero', H100.replace('37,', '-37,')],
  ['words for a number', H100.replace('34,', 'warm,')],
  ['an index that is not told', H100.replace(/^0/, '[N/A]')],
  ['a sentence', 'No devices were found'],
])('%s is not understood, and no figure is made of it', (_what, line) => {
  expect(() => parseGpus(line)).toThrow('not understood');
});
