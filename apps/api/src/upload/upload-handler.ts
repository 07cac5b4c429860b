import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { TranscodeError } from '@transcode/contracts';
import { problemOf } from '../http/problem.ts';
import type { Principal } from '../identity/principal.ts';
import type { UploadDeps } from './deps.ts';
import { sendAnswer, type Answer } from './send-answer.ts';
import { tusProblem } from './tus-problem.ts';
import { createTusServer } from './tus-server.ts';
import { CHECKSUM_ALGORITHMS, parseChecksum } from './upload-checksum.ts';
import { uploadProgress } from './upload-progress.ts';
import { uploadRequests, type UploadRequest } from './upload-request.ts';

export interface UploadHandlerOptions extends UploadDeps {
  readonly maxBytes: number;
  /** Throws `unauthenticated`, among others. */
  authenticate(req: IncomingMessage): Promise<Principal>;
}

export interface UploadHandler {
  /** Serves everything below /api/uploads, and never throws. */
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** Takes nothing more: lines on which bytes still come are cut, and what came is made durable. */
  stop(): Promise<void>;
}

const METHODS = new Set(['OPTIONS', 'POST', 'HEAD', 'PATCH', 'DELETE']);
/** OPTIONS tells nothing about anybody, and browsers ask it without credentials. */
const NOBODY: Principal = { kind: 'user', id: '', role: 'viewer', workspaceIds: [] };

export function createUploadHandler(options: UploadHandlerOptions): UploadHandler {
  const server = createTusServer(options, options.maxBytes);
  const running = new Map<IncomingMessage, Promise<void>>();
  let stopping = false;

  const serve = async (req: IncomingMessage, requestId: string): Promise<Answer> => {
    if (stopping) throw new TranscodeError('not_ready', { reason: 'it is being stopped' });
    const method = methodOf(req);
    if (!METHODS.has(method)) throw new TranscodeError('method_not_allowed', { method });
    const request: UploadRequest = {
      req,
      method,
      principal: method === 'OPTIONS' ? NOBODY : await options.authenticate(req),
      progress: uploadProgress(options, req),
      checksum: parseChecksum(oneHeader(req, 'upload-checksum')),
    };
    const response = await uploadRequests.run(request, () => server.handleWeb(bare(req, method)));
    if (request.error !== undefined) return refusal(request.error, requestId, response.headers);
    const { status, headers } = response;
    if (status >= 400) return { status, headers, problem: tusProblem(status, await response.text(), requestId) };
    if (method === 'OPTIONS') headers.set('Tus-Checksum-Algorithm', CHECKSUM_ALGORITHMS.join(','));
    if (request.row?.video) headers.set('Transcode-Video-Id', request.row.video.id);
    if (request.row?.state === 'receiving' && method === 'HEAD')
      headers.set('Upload-Expires', request.row.expiresAt.toUTCString());
    return { status, headers, problem: undefined };
  };

  const refusal = (error: TranscodeError, requestId: string, headers: Headers): Answer => {
    if (error.status >= 500) options.log.error({ err: error, request_id: requestId }, error.message);
    if (error.code === 'unauthenticated') headers.set('WWW-Authenticate', 'Bearer');
    const problem = problemOf(error.code === 'internal' ? internal(requestId, error) : error, requestId);
    return { status: error.status, headers, problem };
  };

  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const requestId = oneHeader(req, 'x-request-id') ?? randomUUID();
    // Without a listener, a line that breaks would end the process.
    req.on('error', () => undefined);
    res.on('error', () => undefined);
    try {
      sendAnswer(req, res, await serve(req, requestId));
    } catch (error) {
      const known = error instanceof TranscodeError ? error : internal(requestId, error);
      sendAnswer(req, res, refusal(known, requestId, new Headers({ 'Tus-Resumable': '1.0.0' })));
    }
  };

  return {
    async handle(req, res) {
      const answered = answer(req, res);
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

function internal(requestId: string, cause: unknown): TranscodeError {
  return new TranscodeError('internal', { requestId }, { cause });
}

/** For clients behind something that lets only GET and POST pass. */
function methodOf(req: IncomingMessage): string {
  const overridden = req.method === 'POST' ? oneHeader(req, 'x-http-method-override') : undefined;
  return (overridden ?? req.method ?? 'GET').toUpperCase();
}

/** The request without its body, which takes a shorter way. */
function bare(req: IncomingMessage, method: string): Request {
  const headers = new Headers();
  for (const [name, values] of Object.entries(req.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const { pathname } = new URL(req.url ?? '/', 'http://uploads.invalid');
  return new Request(new URL(pathname, 'http://uploads.invalid'), { method, headers });
}

function oneHeader(req: IncomingMessage, name: string): string | undefined {
  return req.headersDistinct[name]?.[0];
}
