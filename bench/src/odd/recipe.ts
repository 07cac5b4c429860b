import type { ErrorCode } from '@transcode/contracts';

/** How to make a source again, and what has to come of it: pure data, the same for the same seed and position. */
export interface Recipe {
  readonly seed: number;
  /** Which draw of that seed, from 0. */
  readonly position: number;
  /** What it is and what is odd about it, in a line. */
  readonly title: string;
  readonly file: string;
  /** Run in order in a folder of its own; the last one leaves `file`. */
  readonly steps: readonly Step[];
  readonly expect: OddExpectation;
}

export type Step =
  | { readonly ffmpeg: readonly string[] }
  | { readonly write: string; readonly text: string }
  /** The bytes of some files, one after another. */
  | { readonly join: readonly string[]; readonly into: string }
  /** So much of the first bytes of a file. */
  | { readonly first: number; readonly of: string; readonly into: string };

export type OddExpectation = { readonly refused: readonly ErrorCode[] } | ReadyExpectation;

export interface ReadyExpectation {
  readonly rate: ExpectedRate;
  /** Of the top rendition. */
  readonly width: number;
  readonly height: number;
  readonly picture: ExpectedPicture;
  /** Languages of the published sound, in order. */
  readonly audio: readonly string[];
  readonly sound: ExpectedSound | undefined;
}

export interface ExpectedRate {
  /** Frames a second, as a fraction. */
  readonly rate: string;
  /** How far one published may be from it, as a share. */
  readonly within: number;
}

/** From how much to how much is right: codecs pad sound by some milliseconds that no recipe foresees. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

export type ExpectedPicture =
  /** These burned-in numbers, one a place of the grid; before them the first again, behind them the last, so often. */
  | { readonly kind: 'numbers'; readonly numbers: readonly number[]; readonly lead: Range; readonly tail: Range }
  /** One picture for so many seconds, at whatever rate. */
  | { readonly kind: 'held'; readonly seconds: Range }
  /** What a constant grid makes of the times that ffprobe reads in the source; before it the first again, behind it the last, so often. */
  | { readonly kind: 'grid'; readonly lead: Range; readonly tail: Range }
  /** 0, 1, 2, … with none left out, where how many there are cannot be foreseen. What ends in the middle may end in grey. */
  | {
      readonly kind: 'ascending';
      readonly frames: Range;
      /** From one number to the next: 2 where the rate is halved. */
      readonly step: number;
      readonly holdSeconds: number;
      readonly spoiltEnd: boolean;
    }
  /** Parts of different shapes in one frame, each fitted into it with bars, numbers going on through all. */
  | { readonly kind: 'shapes'; readonly parts: readonly Shape[]; readonly tail: Range };

export interface Shape {
  readonly frames: number;
  readonly width: number;
  readonly height: number;
}

/** Where beeps are. A flash's number says which second of which part it began. */
export interface ExpectedSound {
  /** The muxer may have put the picture later by so many seconds, beside what was drawn. */
  readonly pushedSeconds?: number;
  readonly parts: readonly SoundPart[];
  /** Whether ffmpeg reads the source in one go, so that its own distances are right, codecs' delays included. */
  readonly isReadable: boolean;
}

export interface SoundPart {
  /** Numbers from here on. */
  readonly first: number;
  /** Numbers a second. */
  readonly rate: string;
  /** From this part's first flash to its first beep, in seconds. */
  readonly delay: number;
  /** How long its sound is at least, and at most, from its first beep. */
  readonly seconds: Range;
}
