import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningApi } from '../../src/start.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { refusal } from '../tus-refusal.ts';
import { tus } from '../tus.ts';
import type { TusClient } from '../tus.ts';

const MAX = 50_000_000;

let here: Installation;
let api: RunningApi;
let key: string;
let client: TusClient;

beforeAll(async () => {
  here = await install();
  api = await here.start({ UPLOAD_MAX_BYTES: String(MAX) });
  key = await here.key('editor');
  client = tus(api, key);
});
afterAll(() => here.dispose());

describe('what it can', () => {
  test('OPTIONS tells the version, the extensions, the checksums and the limit, to anybody', async () => {
    const response = await fetch(`${api.url}/api/uploads`, { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    expect(response.headers.get('tus-version')).toBe('1.0.0');
    expect(response.headers.get('tus-max-size')).toBe(String(MAX));
    expect(response.headers.get('tus-extension')?.split(',').toSorted()).toEqual(
      ['checksum', 'creation', 'creation-with-upload', 'expiration', 'termination'].toSorted(),
    );
    expect(response.headers.get('tus-checksum-algorithm')).toBe('sha256,sha1,sha512,md5');
  });

  test('a page of another origin may upload with a key, and reads every header it needs', async () => {
    const preflight = await fetch(`${api.url}/api/uploads`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://else.where',
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'authorization,upload-checksum,upload-offset,tus-resumable,content-type',
      },
    });
    const allowed = preflight.headers.get('access-control-allow-headers')?.toLowerCase().split(', ');
    for (const name of ['authorization', 'upload-checksum', 'upload-offset', 'tus-resumable', 'content-type'])
      expect(allowed).toContain(name);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
    const created = await client.create({ length: 5, metadata: { filename: 'a' } });
    const exposed = created.headers.get('access-control-expose-headers')?.toLowerCase();
    for (const name of ['upload-offset', 'location', 'upload-expires', 'transcode-video-id'])
      expect(exposed).toContain(name);
  });
});

describe('the version', () => {
  test.for([
    ['missing', {}],
    ['older', { 'tus-resumable': '0.2.2' }],
    ['newer', { 'tus-resumable': '2.0.0' }],
  ] satisfies [string, Record<string, string>][])('%s gets 412 and is told ours', async ([, headers]) => {
    for (const method of ['POST', 'HEAD', 'PATCH', 'DELETE']) {
      const response = await fetch(`${api.url}/api/uploads`, {
        method,
        headers: { authorization: `Bearer ${key}`, 'upload-length': '5', ...headers },
      });
      expect([method, response.status, response.headers.get('tus-version')]).toEqual([method, 412, '1.0.0']);
    }
  });
});

describe('who is nobody', () => {
  test('without a key gets 401 and an allowed way in', async () => {
    const response = await fetch(`${api.url}/api/uploads`, {
      method: 'POST',
      headers: { 'tus-resumable': '1.0.0', 'upload-length': '5', 'upload-metadata': 'filename YQ==' },
    });
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await refusal(response)).toEqual([401, 'unauthenticated']);
  });

  test('with a key that only looks gets 403', async () => {
    const viewer = tus(api, await here.key('viewer'));
    expect(await refusal(await viewer.create({ length: 5, metadata: { filename: 'a' } }))).toEqual([403, 'forbidden']);
  });

  test('GET and PUT are not taken here, and the answer says what is', async () => {
    const path = await client.begin(10);
    for (const method of ['GET', 'PUT']) {
      const response = await fetch(api.url + path, { method, headers: { authorization: `Bearer ${key}` } });
      expect(response.headers.get('allow')).toBe('OPTIONS, POST, HEAD, PATCH, DELETE');
      expect(await refusal(response)).toEqual([405, 'method_not_allowed']);
    }
  });
});
