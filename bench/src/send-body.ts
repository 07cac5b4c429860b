import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { Readable } from 'node:stream';

const PIECE = randomBytes(1024 ** 2);

/** Sends `bytes` in one request and tells how long it took, until the answer came. */
export async function sendBody(
  url: string,
  {
    method,
    headers,
    bytes,
    accept,
  }: { method: string; headers: Record<string, string>; bytes: number; accept: number },
): Promise<number> {
  const started = performance.now();
  await new Promise<void>((resolve, reject) => {
    const sent = request(url, { method, headers: { ...headers, 'content-length': String(bytes) } }, (answer) => {
      answer.resume();
      answer.once('end', () =>
        answer.statusCode === accept ? resolve() : reject(new Error(`${method} ${url}: ${answer.statusCode}`)),
      );
    });
    sent.once('error', reject);
    Readable.from(pieces(bytes), { objectMode: false, highWaterMark: 4 * PIECE.length }).pipe(sent);
  });
  return (performance.now() - started) / 1000;
}

function* pieces(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= PIECE.length) yield left >= PIECE.length ? PIECE : PIECE.subarray(0, left);
}
