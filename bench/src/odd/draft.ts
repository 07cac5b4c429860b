import type { Codec, FormatName, SoundCodec } from './formats.ts';
import type { Shape } from './recipe.ts';

/** What is drawn: everything about a source in the words of whoever looks at it, before any command line. */
export interface Draft {
  readonly format: FormatName;
  readonly codec: Codec;
  readonly bFrames: number;
  /** Numbers a second, as a fraction, and the first number that is not there any more. */
  readonly rate: string;
  readonly frames: number;
  /** As it is to be seen. */
  readonly width: number;
  readonly height: number;
  /** As it is stored, where pixels are not square. */
  readonly stored?: { readonly width: number; readonly height: number; readonly aspect: string };
  readonly turn?: Turn;
  readonly pixelFormat?: string;
  /** Written into the bitstream over whatever the encoder said. */
  readonly tags?: ColourTags;
  /** Numbers that are left out. */
  readonly dropped: readonly number[];
  /** Times are not even, so that only the grid rule counts. */
  readonly isVariable: boolean;
  readonly sounds: readonly Sound[];
  /** Seconds of picture before which nothing is shown, cut off without decoding. */
  readonly cut?: { readonly frames: number; readonly by: 'edit' | 'negative' };
  /** Seconds that are added to every time. */
  readonly offset?: number;
  /** In the place of one piece. */
  readonly pieces?: Pieces;
  readonly tracks: Tracks;
  readonly damage?: Damage;
  /** What is odd, in words. */
  readonly oddities: readonly string[];
}

export type Turn = '90' | '180' | '270' | 'mirrored';

export interface ColourTags {
  readonly primaries: number;
  readonly transfer: number;
  readonly matrix: number;
  readonly isFull: boolean;
}

export interface Sound {
  readonly codec: SoundCodec;
  readonly rate: number;
  readonly channels: 'mono' | 'stereo' | '5.1' | 'FL' | 'FR';
  readonly seconds: number;
  /** When it begins, in seconds from number 0; negative: before it. */
  readonly delay: number;
  readonly language?: string;
}

/** Pictures that follow each other: files one behind the other, or shapes in one file. */
export type Pieces =
  | { readonly kind: 'clocks'; readonly parts: readonly ClockPart[] }
  | { readonly kind: 'shapes'; readonly parts: readonly StoredShape[] };

export interface ClockPart {
  readonly frames: number;
  /** Where its clock begins, in seconds, and how much later its picture or its sound says that it is. */
  readonly offset: number;
  readonly picture?: number;
  readonly sound?: number;
}

export interface StoredShape extends Shape {
  readonly stored: { readonly width: number; readonly height: number };
}

export interface Tracks {
  readonly soundFirst?: boolean;
  readonly cover?: boolean;
  readonly fonts?: number;
  readonly subtitles?: string;
  readonly timecode?: boolean;
}

export type Damage =
  | { readonly kind: 'truncated'; readonly share: number }
  | { readonly kind: 'encrypted' }
  | { readonly kind: 'no picture' };

export function perSecond(rate: string): number {
  const [num = 0, den = 1] = rate.split('/').map(Number);
  return num / den;
}

export function secondsOf({ frames, rate }: Pick<Draft, 'frames' | 'rate'>): number {
  return frames / perSecond(rate);
}

/** The numbers that are there, ascending. */
export function keptNumbers({ frames, dropped, cut }: Draft): number[] {
  const gone = new Set(dropped);
  const all = Array.from({ length: frames }, (_, number) => number);
  return all.filter((number) => !gone.has(number) && number >= (cut?.frames ?? 0));
}
