import { DetailedError, Upload } from 'tus-js-client';
import { fingerprint } from './fingerprint.ts';

const ENDPOINT = '/api/uploads';

interface TransferEvents {
  readonly onVideoId: (videoId: string) => void;
  readonly onOffset: (offset: number) => void;
  readonly onDone: () => void;
  readonly onFailure: (failure: TransferFailure) => void;
}

export interface TransferFailure {
  /** Trying again later can succeed: the line, a lock, a server that restarts. */
  readonly passing: boolean;
  readonly sentence: string;
}

export const LINE_DOWN: TransferFailure = { passing: true, sentence: 'The line is down.' };

/** One file on its way by tus, straight from the browser to the API. */
export interface Transfer {
  /** Begins, or goes on where the server says it stopped. */
  start(): Promise<void>;
  pause(): Promise<void>;
  /** Ends it and throws away what the server has of it. */
  cancel(): Promise<void>;
}

export function createTransfer(file: File, preset: string | undefined, events: TransferEvents): Transfer {
  const upload = new Upload(file, {
    endpoint: ENDPOINT,
    // We wait ourselves: for the line, which the browser tells, and without giving up.
    retryDelays: null,
    removeFingerprintOnSuccess: true,
    fingerprint: () => Promise.resolve(fingerprint(file)),
    metadata: { filename: file.name, filetype: file.type, ...(preset && { preset }) },
    onProgress: (sent) => events.onOffset(sent),
    onAfterResponse: (_, response) => {
      const videoId = response.getHeader('Transcode-Video-Id');
      if (videoId) events.onVideoId(videoId);
    },
    onSuccess: events.onDone,
    onError: (error) => events.onFailure(failureOf(error)),
  });
  let isKnown = false;
  return {
    async start() {
      if (!isKnown) {
        isKnown = true;
        const [latest] = (await upload.findPreviousUploads()).toSorted(byNewest);
        if (latest) upload.resumeFromPreviousUpload(latest);
      }
      upload.start();
    },
    pause: () => upload.abort(),
    cancel: () => upload.abort(true),
  };
}

function byNewest(a: { creationTime: string }, b: { creationTime: string }): number {
  return Date.parse(b.creationTime) - Date.parse(a.creationTime);
}

function failureOf(error: unknown): TransferFailure {
  const response = error instanceof DetailedError ? error.originalResponse : null;
  if (!response) return LINE_DOWN;
  const status = response.getStatus();
  const passing = status >= 500 || [408, 409, 423, 429, 460].includes(status);
  if (status === 401) return { passing, sentence: 'You are signed out. Sign in again, then retry.' };
  return { passing, sentence: detailOf(response.getBody()) ?? `The server refused it (${status}).` };
}

/** The sentence of a problem response (RFC 9457), or the plain text a tus server sends. */
function detailOf(body: string): string | undefined {
  try {
    const problem: unknown = JSON.parse(body);
    if (typeof problem !== 'object' || problem === null || !('detail' in problem)) return undefined;
    return typeof problem.detail === 'string' ? problem.detail : undefined;
  } catch {
    return body.trim().length > 0 && body.length < 200 && !body.includes('<') ? body.trim() : undefined;
  }
}
