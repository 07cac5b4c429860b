import { expect, test } from 'vitest';
import { gpuFigures } from '../../../src/features/gpus/gpu-figures.ts';

const SAMPLE = {
  ...{ at: '2026-11-26T12:00:00.000Z', utilisation: 63, encoder: null, decoder: 0, memoryUsedBytes: 1e9 },
  ...{ memoryTotalBytes: 16e9, celsius: 51, watts: 44.49, wattsLimit: null, encoderSessions: 0 },
};

test('figures have units; what the card does not tell is no number, and nothing is not the same as not told', () => {
  expect(Object.fromEntries(gpuFigures(SAMPLE).map(({ words, value }) => [words, value]))).toEqual({
    ...{ Utilisation: '63 %', Encoder: null, Decoder: '0 %', Memory: '1.0 GB of 16.0 GB' },
    ...{ Temperature: '51 °C', Power: '44 W', 'Encoder sessions': '0' },
  });
});
