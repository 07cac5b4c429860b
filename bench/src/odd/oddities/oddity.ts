import type { Random } from '@transcode/testing/random';
import type { Draft } from '../draft.ts';

/** One way in which a source can be odd. */
export interface Oddity {
  readonly name: string;
  /** Of one group a source has one. */
  readonly group: 'sound' | 'clock' | 'shape' | 'colour' | 'tracks' | 'damage';
  readonly fits: (draft: Draft) => boolean;
  readonly change: (draft: Draft, random: Random) => Draft;
}

/** Containers that say when each frame is shown. */
export function saysTimes({ format }: Draft): boolean {
  return ['mp4', 'fragmented', 'mov', 'mkv', 'webm', 'ts', 'm2ts', 'ps', 'flv', 'wmv'].includes(format);
}

export function isIn(draft: Draft, ...formats: readonly Draft['format'][]): boolean {
  return formats.includes(draft.format);
}
