import { DetailedError, Upload, type HttpResponse } from 'tus-js-client';
import { FILE_GONE, LINE_DOWN, type Transfer, type TransferEvents, type TransferFailure } from './transfer-events.ts';
import type { UploadTarget } from './upload-target.ts';

const ENDPOINT = '/api/uploads';

const BUSY: TransferFailure = { passing: true, sentence: 'The server takes nothing just now, goes on by itself' };
const LOCKED: TransferFailure = { passing: true, sentence: 'Another page is sending this file, waiting for it' };
const SIGNED_OUT: TransferFailure = {
  passing: false,
  sentence: 'You are signed out. What was sent is safe: sign in, then choose the file again.',
};
/** Statuses below 500 that a later try may not meet again. */
const PASSING: ReadonlySet<number> = new Set([408, 409, 429, 460]);

interface Sent {
  readonly file: File;
  /** By which the upload is known again; of the file that it was begun with. */
  readonly fingerprint: string;
  readonly target: UploadTarget | undefined;
}

export function createTransfer({ file, fingerprint, target }: Sent, events: TransferEvents): Transfer {
  const metadata = {
    ...{ filename: file.name, filetype: file.type, idempotencyKey: newIdempotencyKey() },
    ...target,
  };
  const upload = new Upload(file, {
    endpoint: ENDPOINT,
    // We wait ourselves: for the line, which the browser tells, and without giving up.
    retryDelays: null,
    removeFingerprintOnSuccess: true,
    fingerprint: () => Promise.resolve(fingerprint),
    metadata,
    onProgress: (sent) => events.onOffset(sent),
    onAfterResponse: (request, response) => {
      if (request.getMethod() === 'HEAD') {
        refuseToStartOver(response);
        // What is gone is begun anew, and not found again.
        if (GONE.has(response.getStatus())) metadata.idempotencyKey = newIdempotencyKey();
      }
      const videoId = response.getHeader('Transcode-Video-Id');
      if (videoId) events.onVideoId(videoId);
    },
    onSuccess: events.onDone,
    onError: (error) => void tell(error),
  });
  const tell = async (error: unknown) => {
    const failure = failureOf(error);
    // A browser cannot tell a file that it may not read any more from a line that broke: we have to try.
    events.onFailure(failure === LINE_DOWN && !(await canRead(file)) ? FILE_GONE : failure);
  };
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

/** The server knows a creation by it that is asked for again because its answer was lost. `randomUUID` needs HTTPS; this does not. */
function newIdempotencyKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function byNewest(a: { creationTime: string }, b: { creationTime: string }): number {
  return Date.parse(b.creationTime) - Date.parse(a.creationTime);
}

/** Asked for the offset, the client takes any refusal as the upload's end and would send everything anew; only these say so. */
const GONE: ReadonlySet<number> = new Set([404, 410]);

class Refused extends Error {
  readonly response: HttpResponse;

  constructor(response: HttpResponse) {
    super(`The offset was not told (${response.getStatus()})`);
    this.response = response;
  }
}

function refuseToStartOver(response: HttpResponse): void {
  const status = response.getStatus();
  if (status >= 300 && !GONE.has(status)) throw new Refused(response);
}

async function canRead(file: File): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function failureOf(error: unknown): TransferFailure {
  const response = responseOf(error);
  if (!response) return LINE_DOWN;
  const status = response.getStatus();
  if (status === 401) return SIGNED_OUT;
  if (status === 423) return LOCKED;
  if (status >= 500 || PASSING.has(status)) return BUSY;
  return { passing: false, sentence: detailOf(response.getBody()) ?? `The server refused it (${status}).` };
}

function responseOf(error: unknown): HttpResponse | null {
  if (!(error instanceof DetailedError)) return null;
  return error.causingError instanceof Refused ? error.causingError.response : error.originalResponse;
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
