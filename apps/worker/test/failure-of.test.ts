import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BrokenInvariant, ERRORS, TranscodeError } from '@transcode/contracts';
import { createDatabase } from '@transcode/db';
import { openStorage } from '@transcode/storage';
import { expect, test } from 'vitest';
import { failureOf } from '../src/failure-of.ts';

/** What an action throws. */
async function thrown(action: () => Promise<unknown>): Promise<unknown> {
  try {
    await action();
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail');
}

/** A port where nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const wrapped = (cause: unknown): TranscodeError =>
  new TranscodeError('measure_failed', { reason: 'for some reason' }, { cause: new Error('It broke', { cause }) });

test('a refused connection is an outage, also below other errors', async () => {
  const port = await closedPort();
  const refused = await thrown(() => fetch(`http://127.0.0.1:${port}`));
  expect(failureOf(refused)).toMatchObject({
    code: 'storage_unavailable',
    text: expect.stringContaining('ECONNREFUSED'),
  });
  expect(failureOf(wrapped(refused)).code).toBe('storage_unavailable');
});

test('so is an answer that breaks off', async () => {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('some', () => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const broken = await thrown(async () => (await fetch(`http://127.0.0.1:${port}`)).text());
  server.close();
  expect(failureOf(broken).code).toBe('storage_unavailable');
});

test('so is an S3 that does not answer', async () => {
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b', endpoint: `http://127.0.0.1:${await closedPort()}` };
  const storage = openStorage('s3://bucket/prefix', { s3: credentials });
  const error = await thrown(() => storage.read('a'));
  await storage.close();
  expect(failureOf(error).code).toBe('storage_unavailable');
  expect(failureOf(wrapped(error)).code).toBe('storage_unavailable');
});

test('so is a database that does not answer', async () => {
  const db = createDatabase(`postgresql://postgres:x@127.0.0.1:${await closedPort()}/transcode`);
  for (const ask of [
    () => db.task.count(),
    () => db.$queryRaw`SELECT 1`,
    () => db.$transaction((tx) => tx.task.count()),
  ]) {
    const error = await thrown(ask);
    expect(failureOf(error).code).toBe('database_unavailable');
    expect(failureOf(wrapped(error)).code).toBe('database_unavailable');
  }
  await db.$disconnect();
});

test('an ffmpeg that is not there is the worker’s fault, not the video’s', async () => {
  const error = await thrown(async () => {
    const [failed] = (await once(spawn('/nowhere/ffmpeg'), 'error')) as [Error];
    throw failed;
  });
  expect(failureOf(error)).toMatchObject({ code: 'no_encoder', text: expect.stringContaining('/nowhere/ffmpeg') });
});

test.each([
  ['ENOSPC', 'scratch_full'],
  ['EMFILE', 'worker_exhausted'],
  ['ENOMEM', 'worker_exhausted'],
  ['UND_ERR_SOCKET', 'storage_unavailable'],
])('%s is %s', (code, expected) => {
  expect(failureOf(Object.assign(new Error('no'), { code })).code).toBe(expected);
});

test('what the work and the file did themselves stays theirs', () => {
  expect(failureOf(new TypeError('x is undefined')).code).toBe('stage_failed');
  expect(failureOf(new TranscodeError('encode_failed', { reason: 'no' }, { tail: 'its last words' }))).toEqual({
    code: 'encode_failed',
    text: 'ffmpeg could not encode this video: no.',
    tail: 'its last words',
  });
  expect(failureOf(new TranscodeError('source_empty')).code).toBe('source_empty');
  expect(failureOf('a text').code).toBe('stage_failed');
});

test('what only a request can be to blame for, and what cannot be, is ours and no file’s fault', () => {
  for (const error of [
    new TranscodeError('not_found', { what: 'object' }),
    new TranscodeError('bad_request', { reason: 'no' }),
    new BrokenInvariant('The plan has no chunk 7.'),
  ]) {
    const { code, text } = failureOf(error);
    expect([code, text]).toEqual(['stage_failed', expect.stringMatching(/^This step of the work failed .*[^.]\.$/)]);
    expect(ERRORS.stage_failed.blame).toBe('work');
  }
  for (const code of ['source_empty', 'quality_below_floor', 'canceled'] as const)
    expect(failureOf(new TranscodeError(code)).code).toBe(code);
});
