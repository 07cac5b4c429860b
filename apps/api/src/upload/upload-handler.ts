import type { IncomingMessage, ServerResponse } from 'node:http';
import { TranscodeError } from '@transcode/contracts';
import { measure } from '@transcode/telemetry';
import { problemOf, retryAfterOf } from '../http/problem.ts';
import { toTranscodeError } from '../http/to-transcode-error.ts';
import { checkLength, checkRequest, headersOfRefusal, mediaTypeOf, UPLOAD_HEADERS } from './check-request.ts';
import type { UploadDeps } from './deps.ts';
import { oneHeader } from './one-header.ts';
import { sendAnswer, type Answer } from './send-answer.ts';
import { tusRefusal } from './tus-refusal.ts';
import { createTusServer } from './tus-server.ts';
import { CHECKSUM_ALGORITHMS, parseChecksum } from './upload-checksum.ts';
import { readMetadata } from './upload-metadata-row.ts';
import { uploadProgress } from './upload-progress.ts';
import { uploadRequests, type UploadRequest } from './upload-request.ts';
import { watchAccess, type Sender } from './watch-access.ts';

export interface UploadHandlerOptions extends UploadDeps {
  readonly maxBytes: number;
  /** A body of which nothing comes for so long is given up; what came is kept. */
  readonly idleMs: number;
  /** Throws `unauthenticated`, among others. */
  authenticate(req: IncomingMessage): Promise<Sender>;
}

export interface UploadHandler {
  /** Serves everything below /api/uploads, and never throws. */
  handle(req: IncomingMessage, res: ServerResponse, requestId: string): Promise<void>;
  /** Takes nothing more: lines on which bytes still come are cut, and what came is made durable. */
  stop(): Promise<void>;
}

/** OPTIONS tells nothing about anybody, and browsers ask it without credentials. */
const NOBODY: Sender = {
  principal: { kind: 'user', id: '', role: 'viewer', workspaceIds: [] },
  watch: () => () => undefined,
};

export function createUploadHandler(options: UploadHandlerOptions): UploadHandler {
  const server = createTusServer(options, options.maxBytes);
  const running = new Map<IncomingMessage, Promise<void>>();
  let stopping = false;

  const serve = async (req: IncomingMessage, requestId: string): Promise<Answer> => {
    if (stopping) throw new TranscodeError('not_ready', { reason: 'it is being stopped' });
    const method = methodOf(req);
    checkRequest(req, method);
    const sender = method === 'OPTIONS' ? NOBODY : await options.authenticate(req);
    const access = new AbortController();
    const request: UploadRequest = {
      id: requestId,
      req,
      method,
      principal: sender.principal,
      access: access.signal,
      progress: uploadProgress(options, req),
      checksum: parseChecksum(oneHeader(req, 'upload-checksum')),
    };
    if (method === 'POST') checkLength(req, options.maxBytes);
    const unwatch = watchAccess(sender, request, access);
    const response = await uploadRequests.run(request, () => server.handleWeb(bare(req, method))).finally(unwatch);
    const { status, headers } = response;
    const error =
      request.error ??
      (status < 400 ? undefined : tusRefusal(status, await response.text(), { maxBytes: options.maxBytes, requestId }));
    if (error !== undefined) return refusal(error, requestId, headers);
    if (method === 'OPTIONS') headers.set('Tus-Checksum-Algorithm', CHECKSUM_ALGORITHMS.join(','));
    else describe(request, headers);
    return { status, headers, problem: undefined };
  };

  const refusal = (error: TranscodeError, requestId: string, headers: Headers): Answer => {
    measure.count('errorsTotal', { component: 'upload', code: error.code });
    if (error.status >= 500) options.log.error({ err: error, request_id: requestId }, error.message);
    for (const [name, value] of Object.entries(headersOfRefusal(error))) headers.set(name, value);
    const retryAfter = retryAfterOf(error);
    if (retryAfter !== undefined) headers.set('Retry-After', retryAfter);
    return { status: error.status, headers, problem: problemOf(error, requestId) };
  };

  const answer = async (req: IncomingMessage, res: ServerResponse, requestId: string): Promise<void> => {
    // Without a listener, a line that breaks would end the process.
    req.on('error', () => undefined);
    res.on('error', () => undefined);
    try {
      sendAnswer(req, res, await serve(req, requestId));
    } catch (error) {
      const known = toTranscodeError(error, requestId);
      sendAnswer(req, res, refusal(known, requestId, new Headers(UPLOAD_HEADERS)));
    }
  };

  return {
    async handle(req, res, requestId) {
      const answered = answer(req, res, requestId);
      running.set(req, answered);
      await answered;
      running.delete(req);
    },
    async stop() {
      stopping = true;
      // The client goes on at another replica from where it is; one whose last byte has come gets its answer.
      for (const req of running.keys()) if (!req.complete) req.destroy();
      await Promise.all(running.values());
    },
  };
}

/** What an answer tells of the upload beyond what the tus server does. */
function describe({ method, row }: UploadRequest, headers: Headers): void {
  if (row === undefined) return;
  if (row.video !== null) headers.set('Transcode-Video-Id', row.video.id);
  if (method === 'HEAD') headers.set('Upload-Metadata', readMetadata(row.metadata).sent);
  // The tus server counts from the creation; ours begins again with each byte.
  const goesOn = method === 'HEAD' ? row.state === 'receiving' : headers.has('Upload-Expires');
  if (goesOn) headers.set('Upload-Expires', row.expiresAt.toUTCString());
}

/** For clients behind something that lets only GET and POST pass. */
function methodOf(req: IncomingMessage): string {
  const overridden = req.method === 'POST' ? oneHeader(req, 'x-http-method-override') : undefined;
  return (overridden ?? req.method ?? 'GET').toUpperCase();
}

/**
 * The request without its body, which takes a shorter way, without what proxies add, which the tus server takes amiss, and with what it
 * compares to the letter written as it wants it.
 */
function bare(req: IncomingMessage, method: string): Request {
  const headers = new Headers();
  for (const [name, values] of Object.entries(req.headersDistinct)) {
    if (name.startsWith('x-forwarded-')) continue;
    for (const value of values ?? []) headers.append(name, value);
  }
  const mediaType = mediaTypeOf(req);
  if (mediaType !== undefined) headers.set('content-type', mediaType);
  const metadata = headers.get('upload-metadata');
  if (metadata !== null) headers.set('upload-metadata', tidyMetadata(metadata));
  const { pathname } = new URL(req.url ?? '/', 'http://uploads.invalid');
  return new Request(new URL(pathname, 'http://uploads.invalid'), { method, headers });
}

/** `a YQ==, b YmI=,` as `a YQ==,b YmI=`. */
function tidyMetadata(sent: string): string {
  const pairs = sent.split(',').map((pair) => pair.trim().replace(/\s+/, ' '));
  return pairs.filter((pair) => pair !== '').join(',');
}
