import type { CorpusCase } from './corpus-case.ts';
import { BROKEN_SOUND } from './corpus/broken-sound.ts';
import { CHANNELS } from './corpus/channels.ts';
import { CHUNKS } from './corpus/chunks.ts';
import { CLOCKS } from './corpus/clocks.ts';
import { COLOURS } from './corpus/colours.ts';
import { CONTAINERS } from './corpus/containers.ts';
import { RATES } from './corpus/rates.ts';
import { SHAPES } from './corpus/shapes.ts';
import { SOUND } from './corpus/sound.ts';
import { STREAMS } from './corpus/streams.ts';

/** A source of every kind that must come out right, made by ffmpeg's own generators; `LENGTHS` has those by their length. */
export const CORPUS: readonly CorpusCase[] = [
  ...SHAPES,
  ...RATES,
  ...COLOURS,
  ...SOUND,
  ...BROKEN_SOUND,
  ...CHANNELS,
  ...CONTAINERS,
  ...CHUNKS,
  ...CLOCKS,
  ...STREAMS,
];
