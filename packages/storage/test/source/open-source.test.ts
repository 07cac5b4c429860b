import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSource, type Source, type Storage } from '../../src/index.ts';
import { startTestS3, type TestS3 } from '../s3-server.ts';

const BYTES = Buffer.from('what the editor filmed');
let s3: TestS3;
let storage: Storage;

beforeAll(async () => {
  s3 = await startTestS3();
  storage = s3.open();
  await storage.put('w/1/u/one', BYTES);
  await storage.put('w/1/u/two', Buffer.from('what another filmed'));
});
afterAll(() => s3.close());

const open = (key = 'w/1/u/one'): Promise<Source> => openSource(storage, key, BYTES.length);

test('a source on S3 is read by ranges under an address with a secret that is made for it', async () => {
  const [source, again] = [await open(), await open()];
  expect(source.input).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/);
  expect(new URL(source.input).pathname).not.toBe(new URL(again.input).pathname);
  expect(await (await fetch(source.input, { headers: { range: 'bytes=5-7' } })).text()).toBe('the');
  await Promise.all([source.close(), again.close()]);
});

test('whoever does not know the secret gets nothing, and no other source by it', async () => {
  const [source, other] = [await open(), await open('w/1/u/two')];
  const secretOfOther = new URL(other.input).pathname;
  const wrong = ['/', '/wrong', `${new URL(source.input).pathname}x`, secretOfOther, `/w/1/u/one`];
  for (const path of wrong) {
    const answer = await fetch(new URL(path, source.input));
    expect([path, answer.status, await answer.text()]).toEqual([path, 404, '']);
  }
  // Ways of writing the address that a client would tidy up.
  for (const path of ['//..//', `/./${new URL(source.input).pathname.slice(1)}`])
    expect(await rawRequest(source.input, path)).toMatch(/^HTTP\/1\.1 404 /);
  const put = await fetch(source.input, { method: 'PUT', body: 'x' });
  expect(put.status).toBe(405);
  await Promise.all([source.close(), other.close()]);
});

test('with its end the address is gone', async () => {
  const source = await open();
  expect((await fetch(source.input)).status).toBe(200);
  await source.close();
  await expect(fetch(source.input)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
});

test('it listens on loopback alone', async () => {
  const source = await open();
  expect(new URL(source.input).hostname).toBe('127.0.0.1');
  await source.close();
});

async function rawRequest(address: string, path: string): Promise<string> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  return text(socket);
}
