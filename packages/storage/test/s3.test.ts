import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { GetObjectTaggingCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSource, openStorage } from '../src/index.ts';
import { beginMultipart } from '../src/s3/multipart.ts';
import { connectS3 } from '../src/s3/s3-client.ts';
import { all, describeStorage, refused } from './conformance.ts';
import { describeGrowing } from './growing-conformance.ts';
import { BUCKET, startTestS3, type TestS3 } from './s3-server.ts';

const RUNNING = new URL('../../../docs/running.md', import.meta.url);

let s3: TestS3;
beforeAll(async () => {
  s3 = await startTestS3();
});
afterAll(() => s3.close());

async function tagsOf(key: string): Promise<unknown> {
  const { client } = connectS3({ bucket: BUCKET, prefix: '' }, { ...s3.options, forcePathStyle: true });
  return (await client.send(new GetObjectTaggingCommand({ Bucket: BUCKET, Key: key }))).TagSet;
}

describe('s3', () => {
  describeStorage(() => s3.open());
  describeGrowing(() => s3.open());

  it('keeps to its prefix', async () => {
    const inner = s3.open('deep/inside');
    await inner.put('a/b', Buffer.from('x'));
    expect(await s3.open().head('deep/inside/a/b')).toMatchObject({ bytes: 1 });
    expect((await all(inner.list(''))).map(({ key }) => key)).toEqual(['a/b']);
    expect(await inner.deletePrefix('')).toBe(1);
  });

  it('is rid of multipart uploads that were begun long ago below its prefix, and of nothing else', async () => {
    const [here, elsewhere] = [s3.open('tidied'), s3.open('elsewhere')];
    await here.put('object', Buffer.from('x'));
    for (const prefix of ['tidied', 'elsewhere']) {
      const options = { ...s3.options, forcePathStyle: true };
      await beginMultipart(connectS3({ bucket: BUCKET, prefix }, options), 'begun');
    }
    const [hourAgo, soon] = [-3_600_000, 60_000].map((ms) => new Date(Date.now() + ms));
    expect(await here.tidy(hourAgo ?? new Date())).toBe(0);
    expect(await here.tidy(soon ?? new Date())).toBe(1);
    expect(await here.tidy(soon ?? new Date())).toBe(0);
    expect(await here.head('object')).toMatchObject({ bytes: 1 });
    expect(await elsewhere.tidy(soon ?? new Date())).toBe(1);
  });

  it('presigns addresses that need no credentials and expire', async () => {
    const storage = s3.open();
    await storage.put('presigned/a b.m4s', Buffer.from('0123456789'));
    const url = await storage.presign('presigned/a b.m4s', { expiresSeconds: 60, contentType: 'video/mp4' });
    const answer = await fetch(url ?? '', { headers: { range: 'bytes=2-4' } });
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([206, 'video/mp4', '234']);
    const forged = await fetch((url ?? '').replace(/X-Amz-Signature=./, 'X-Amz-Signature=_'));
    expect(forged.status).toBe(403);
    await forged.arrayBuffer();
  });

  it('tags what was uploaded, however it is written, and nothing else, and only where it is told to', async () => {
    const [silent, tagging] = [s3.open(), s3.openNamed()];
    const keys = { small: 'w/a/u/1', streamed: 'w/a/u/2', grown: 'w/a/u/3', played: 'w/a/v/1/2/v720/0-1/1.m4s' };
    await tagging.put(keys.small, Buffer.from('x'));
    await tagging.put(keys.streamed, Readable.from([Buffer.alloc(9 * 1024 ** 2)]));
    const grown = tagging.growing(keys.grown, { expectedBytes: 2 });
    await grown.append(0, Readable.from([Buffer.from('xy')]));
    await grown.finish();
    await tagging.put(keys.played, Buffer.from('x'));
    await silent.put('w/a/u/4', Buffer.from('x'));
    const source = [{ Key: 'transcode', Value: 'source' }];
    for (const key of [keys.small, keys.streamed, keys.grown]) expect([key, await tagsOf(key)]).toEqual([key, source]);
    for (const key of [keys.played, 'w/a/u/4']) expect([key, await tagsOf(key)]).toEqual([key, []]);
    const [, rules = ''] = /```json\n(.*?)```/s.exec(await readFile(RUNNING, 'utf8')) ?? [];
    expect(JSON.parse(rules)).toMatchObject({ Rules: [{ Filter: { Tag: source[0] } }] });
  });

  it('says storage_archived where a stand-in refuses to read as Glacier does', async () => {
    const glacier = createServer((_request, response) => {
      const code = '<Code>InvalidObjectState</Code><StorageClass>GLACIER</StorageClass>';
      response.writeHead(403, { 'content-type': 'application/xml' }).end(`<Error>${code}</Error>`);
    }).listen(0, '127.0.0.1');
    await once(glacier, 'listening');
    const { port } = glacier.address() as AddressInfo;
    const storage = openStorage(`s3://${BUCKET}`, { s3: { ...s3.options, endpoint: `http://127.0.0.1:${port}` } });
    await refused(storage.get('w/a/u/1'), 'storage_archived');
    const source = await openSource(storage, 'w/a/u/1', 1);
    // Who reads it is cut off.
    await expect(fetch(source.input)).rejects.toThrow('fetch failed');
    expect(source.broken()).toMatchObject({ code: 'storage_archived' });
    await source.close();
    glacier.close();
  });

  it('says storage_unavailable when nobody answers, and when it may not', async () => {
    const nobody = openStorage(`s3://${BUCKET}`, { s3: { ...s3.options, endpoint: 'http://127.0.0.1:9' } });
    await expect(nobody.health()).rejects.toMatchObject({ code: 'storage_unavailable' });
    await refused(nobody.put('a', Buffer.from('x')), 'storage_unavailable');
    await refused(nobody.growing('a', { expectedBytes: 1 }).size(), 'storage_unavailable');
    const stranger = openStorage(`s3://${BUCKET}`, { s3: { ...s3.options, secretAccessKey: 'wrong' } });
    await refused(stranger.health(), 'storage_unavailable');
    const elsewhere = openStorage('s3://no-such-bucket', { s3: s3.options });
    await refused(elsewhere.health(), 'storage_unavailable');
  });
});
