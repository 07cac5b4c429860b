import { beepGraph, patternGraph, type Box } from './pattern.ts';

/** What must come of a source. `refused`: the code of the refusal. */
export type Expectation = { readonly refused: string } | PublishedExpectation;

export interface PublishedExpectation {
  /** Published frames per second, as an exact fraction. */
  readonly rate: string;
  /** Published frames; absent where only the grid rule counts (variable rate). */
  readonly frames?: number;
  /** When sound ends that is longer than these frames: the last of them is held for it. */
  readonly soundSeconds?: number;
  /** The picture of the top rendition. */
  readonly width: number;
  readonly height: number;
  /** Where in it the pattern is shown, part by part, and nothing around it; absent: it fills all of it. */
  readonly parts?: readonly PicturePart[];
  /** A filter without which ffmpeg itself refuses to scale the source, for those who read its luma. */
  readonly sourceFilter?: string;
  /** Audio renditions, by language. */
  readonly audio: readonly string[];
  /** `all`: 0,1,2,… each once; `grid`: what a constant grid makes of the source's times; `every-second`: halved rate. */
  readonly numbers: 'all' | 'grid' | 'every-second';
  readonly beeps: boolean;
  /** Seconds from each flash to its beep, none without; absent: as in the source, which has to be readable in one go for that. */
  readonly beepAfterFlash?: number;
  /** ffprobe cannot open one of the source's other streams and so says nothing of any: the judge reads a copy of its picture. */
  readonly isPictureReadAlone?: true;
  /** The frequencies of the beeps, in Hz, that are to be heard in each channel of each rendition, and no others of these. */
  readonly tones?: readonly (readonly (readonly number[])[])[];
}

export interface PicturePart {
  readonly frames: number;
  readonly box: Box;
}

export interface CorpusCase {
  readonly name: string;
  /** File name with the container's ending. */
  readonly file: string;
  /** Takes minutes. */
  readonly isLong?: boolean;
  /** ffmpeg argument lists, run in order. `{}` stands for the file, `{0}`, `{1}` for files left by earlier steps. */
  readonly steps: readonly (readonly string[])[];
  /** What is then done to the file's bytes. */
  readonly edit?: (bytes: Buffer) => Buffer;
  readonly expect: Expectation;
}

interface PictureOptions {
  width?: number;
  height?: number;
  rate?: string;
  frames?: number;
  picturesPerNumber?: number;
  first?: number;
}

/** Lavfi inputs of the pattern and, unless `sound` is false, of beeps as long as the picture. */
export function inputs(
  picture: PictureOptions = {},
  sound: false | { seconds?: number; rate?: number; channels?: string } = {},
) {
  const { width = 320, height = 180, rate = '25', frames = 75, picturesPerNumber = 1, first = 0 } = picture;
  const graph = patternGraph({ width, height, rate, frames, picturesPerNumber, first });
  const video = ['-f', 'lavfi', '-i', graph];
  if (sound === false) return video;
  const [num = '25', den = '1'] = rate.split('/');
  const seconds = sound.seconds ?? (frames * picturesPerNumber * Number(den)) / Number(num);
  return [
    ...video,
    ...['-f', 'lavfi', '-i', beepGraph({ seconds, rate: sound.rate ?? 48_000, channels: sound.channels ?? 'stereo' })],
  ];
}

export const X264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', '-g', '25', '-pix_fmt', 'yuv420p'];
export const AAC = ['-c:a', 'aac'];

/** What most sources become: 320x180, 25 frames/s, 75 frames, one language unknown. */
export const USUAL: PublishedExpectation = {
  rate: '25/1',
  frames: 75,
  width: 320,
  height: 180,
  audio: ['und'],
  numbers: 'all',
  beeps: true,
};
