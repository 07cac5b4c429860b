import { randomUUID } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** The replicas of an installation, in the order in which they are tried. */
export interface TusTarget {
  readonly urls: readonly string[];
  readonly key: string;
}

export interface UploadedVideo {
  readonly videoId: string;
  /** How often it had to begin again, at another replica and from where the bytes were durable. */
  readonly interruptions: number;
}

interface UploadOptions {
  readonly name: string;
  readonly preset: string;
  /** The next pause between two pieces: with pauses an upload lasts for a while, as one on a bad line. */
  readonly pauseMs: () => number;
  readonly signal: AbortSignal;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** What breaks off, or is refused for now, is tried again elsewhere. */
class Interrupted extends Error {}

/** A line that is silent for so long is given up, as a browser's client would at some time. */
const SILENT_MS = 10_000;
const PAUSE_MS = 300;
const PIECES = 6;
/** The codes for "not now": gateway and service errors, a lock that another holds, an offset that has moved on. */
const LATER = new Set([408, 409, 423, 429, 500, 502, 503, 504, 507]);

/** Uploads a file by tus 1.0.0, going on wherever a replica answers. Only a refusal that is final is thrown. */
export async function uploadByTus(
  { urls, key }: TusTarget,
  file: string,
  { name, preset, pauseMs, signal }: UploadOptions,
): Promise<UploadedVideo> {
  const { size } = await stat(file);
  let interruptions = 0;
  let replica = 0;
  const headers = { authorization: `Bearer ${key}`, 'tus-resumable': '1.0.0' };

  const ask = async (
    method: string,
    address: string,
    extra: Record<string, string>,
    body?: AsyncIterable<Buffer>,
  ): Promise<Answer> => {
    const base = urls[replica % urls.length];
    const answer = await send(new URL(address, base), method, { ...headers, ...extra }, body);
    if (LATER.has(answer.status)) throw new Interrupted(`${method}: ${answer.status} ${answer.text}`);
    if (answer.status >= 400) throw new Error(`${name}: ${method} ${address}: ${answer.status} ${answer.text}`);
    return answer;
  };
  const patiently = async <T>(step: () => Promise<T>): Promise<T> => {
    for (;;) {
      signal.throwIfAborted();
      try {
        return await step();
      } catch (error) {
        if (!(error instanceof Interrupted)) throw error;
        interruptions += 1;
        replica += 1;
        await sleep(PAUSE_MS);
      }
    }
  };

  const metadata = Object.entries({ filename: path.basename(file), title: name, preset, idempotencyKey: randomUUID() })
    .map(([field, value]) => `${field} ${Buffer.from(value).toString('base64')}`)
    .join(',');
  const create = { 'upload-length': String(size), 'upload-metadata': metadata, 'content-length': '0' };
  const created = await patiently(() => ask('POST', '/api/uploads', create));
  const [location = '', videoId = ''] = [created.headers.location, created.headers['transcode-video-id']].flat();
  const { pathname } = new URL(location, urls[0]);

  let offset = 0;
  await patiently(async () => {
    if (interruptions > 0) offset = Number((await ask('HEAD', pathname, {})).headers['upload-offset']);
    if (offset === size) return;
    const left = { 'upload-offset': String(offset), 'content-length': String(size - offset) };
    const type = { 'content-type': 'application/offset+octet-stream' };
    await ask('PATCH', pathname, { ...left, ...type }, pieces(file, offset, size, pauseMs));
  });
  return { videoId, interruptions };
}

async function* pieces(file: string, from: number, size: number, pauseMs: () => number): AsyncGenerator<Buffer> {
  const handle = await open(file);
  try {
    const step = Math.ceil(size / PIECES);
    for (let at = from; at < size; at += step) {
      if (at > from) await sleep(pauseMs());
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(step, size - at)), { position: at });
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** One request on a connection of its own. Whatever breaks it is an interruption. */
async function send(
  url: URL,
  method: string,
  headers: Record<string, string>,
  body?: AsyncIterable<Buffer>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const broken = (error: Error): void => reject(new Interrupted(`${method} ${url.pathname}: ${error.message}`));
    const sent = request(url, { method, headers, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.once('error', broken);
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
    });
    sent.setTimeout(SILENT_MS, () => sent.destroy(new Error('silent')));
    sent.once('error', broken);
    if (body === undefined) sent.end();
    else feed(sent, body).catch((error: unknown) => sent.destroy(error instanceof Error ? error : undefined));
  });
}

/** Stops when nobody takes any more; why, the request itself tells. */
async function feed(sent: ReturnType<typeof request>, body: AsyncIterable<Buffer>): Promise<void> {
  for await (const piece of body) {
    if (sent.destroyed) return;
    sent.write(piece);
  }
  sent.end();
}
