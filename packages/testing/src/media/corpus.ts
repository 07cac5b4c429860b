import type { CorpusCase } from './corpus-case.ts';
import { CHUNKS } from './corpus/chunks.ts';
import { COLOURS } from './corpus/colours.ts';
import { CONTAINERS } from './corpus/containers.ts';
import { LENGTHS } from './corpus/lengths.ts';
import { RATES } from './corpus/rates.ts';
import { SHAPES } from './corpus/shapes.ts';
import { SOUND } from './corpus/sound.ts';

/** A source of every kind that must come out right, made by ffmpeg's own generators. */
export const CORPUS: readonly CorpusCase[] = [
  ...SHAPES,
  ...RATES,
  ...COLOURS,
  ...SOUND,
  ...CONTAINERS,
  ...CHUNKS,
  ...LENGTHS,
];
