import type { ErrorCode, VideoDetail } from '@transcode/contracts';

/** What the files of the corpus are made with, and what they try to have opened. */
export interface Workbench {
  readonly ffmpeg: string;
  readonly packager: string;
  /** Where to make files. */
  readonly folder: string;
  /** A file outside of everything that the worker has to do with. */
  readonly canaryFile: string;
  /** An address where somebody listens and counts. */
  readonly canaryUrl: string;
  /** A second of picture and sound, 160 x 90, as MP4 whose `moov` comes last. */
  readonly plain: Buffer;
}

export type HostileExpectation =
  /** The upload itself is not taken. */
  | { readonly status: number; readonly code: ErrorCode }
  /** Refused with this code, and a sentence that says so much. */
  | { readonly code: ErrorCode; readonly says: RegExp }
  /** Ready, and right: so large, so long, and `wrong` answers what else is not as it should be. */
  | {
      readonly width: number;
      readonly height: number;
      readonly frames?: number;
      readonly wrong?: (video: VideoDetail) => string[];
    }
  /** Damage at random: refused as a source that cannot be read, or ready. */
  | 'either';

export interface HostileCase {
  /** What it is. */
  readonly name: string;
  /** How the upload calls it. */
  readonly fileName: string;
  make(bench: Workbench): Promise<Buffer> | Buffer;
  readonly expect: HostileExpectation;
}
