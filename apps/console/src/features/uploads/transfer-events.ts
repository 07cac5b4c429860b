/** One file on its way by tus, straight from the browser to the API. */
export interface Transfer {
  /** Begins, or goes on where the server says it stopped. */
  start(): Promise<void>;
  pause(): Promise<void>;
  /** Ends it and throws away what the server has of it. */
  cancel(): Promise<void>;
}

export interface TransferEvents {
  readonly onVideoId: (videoId: string) => void;
  readonly onOffset: (offset: number) => void;
  readonly onDone: () => void;
  readonly onFailure: (failure: TransferFailure) => void;
}

export interface TransferFailure {
  /** Trying again later can succeed: the line, a lock, a server that restarts. */
  readonly passing: boolean;
  readonly sentence: string;
  /** It goes on with the file chosen again: what was chosen cannot be read any more. */
  readonly needsFile?: boolean;
}

export const LINE_DOWN: TransferFailure = { passing: true, sentence: 'Waiting for the line, goes on by itself' };

export const FILE_GONE: TransferFailure = {
  passing: false,
  needsFile: true,
  sentence: 'The file has been moved, changed or removed. Choose it again.',
};
