import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Upload, type DetailedError } from 'tus-js-client';
import { UploadView } from '@transcode/contracts';
import { Refusal } from '../refusal.ts';
import { ResumeStore } from './resume-store.ts';
import type { RestClient } from '../rest-client.ts';

interface UploadFileOptions {
  client: RestClient;
  file: string;
  bytes: number;
  modifiedMs: number;
  preset: string | undefined;
  /** Where unfinished uploads are remembered. */
  store: string;
  signal: AbortSignal;
  onResume: () => void;
  onProgress: (sent: number, total: number) => void;
}

const RETRY_DELAYS_MS = [0, 500, 1_000, 2_000, 4_000, 8_000];

/** Sends a file by tus, from where an earlier try stopped if there was one. Returns the id of its video. */
export async function uploadFile(options: UploadFileOptions): Promise<string> {
  const { client, file, bytes, modifiedMs, preset } = options;
  const url = await new Promise<string>((resolve, reject) => {
    const source = createReadStream(file);
    source.once('error', reject);
    const upload = new Upload(source, {
      endpoint: `${client.url}/api/uploads`,
      headers: client.headers,
      // Asked twice, as the answer was lost, the server has made one upload.
      metadata: { filename: basename(file), idempotencyKey: randomUUID(), ...(preset === undefined ? {} : { preset }) },
      uploadSize: bytes,
      retryDelays: RETRY_DELAYS_MS,
      fingerprint: () => Promise.resolve([file, bytes, modifiedMs, preset ?? ''].join('\0')),
      urlStorage: new ResumeStore(options.store, client.url),
      removeFingerprintOnSuccess: true,
      onProgress: options.onProgress,
      onError: (error) => reject(explained(error)),
      onSuccess: () => resolve(upload.url ?? ''),
    });
    const stop = (): void => {
      upload.abort().then(() => reject(options.signal.reason), reject);
    };
    options.signal.addEventListener('abort', stop, { once: true });
    if (options.signal.aborted) return stop();
    void start(upload, options.onResume).catch(reject);
  });
  const id = new URL(url).pathname.split('/').at(-1) ?? '';
  return (await client.get(`/uploads/${encodeURIComponent(id)}`, UploadView)).videoId;
}

async function start(upload: Upload, onResume: () => void): Promise<void> {
  const [previous] = await upload.findPreviousUploads();
  if (previous !== undefined) {
    onResume();
    upload.resumeFromPreviousUpload(previous);
  }
  upload.start();
}

function explained(error: Error | DetailedError): Error {
  const body = 'originalResponse' in error ? error.originalResponse?.getBody() : undefined;
  const detail = /"detail"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(body ?? '')?.[1];
  const sentence: unknown = detail === undefined ? undefined : JSON.parse(detail);
  return new Refusal(typeof sentence === 'string' ? sentence : `The upload failed: ${error.message}`, { cause: error });
}
