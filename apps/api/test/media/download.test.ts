import { randomBytes } from 'node:crypto';
import type { RenditionChunkIndex } from '@transcode/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { box, boxAt, boxesIn } from '../../src/media/remux/boxes.ts';
import { renumberFragments } from '../../src/media/remux/renumber-fragments.ts';
import { hashSecret } from '../../src/identity/secret.ts';
import type { RunningApi } from '../../src/start.ts';
import { install } from '../installation.ts';
import type { Installation } from '../installation.ts';
import { addJob, addVideo } from '../videos.ts';

let here: Installation;
let api: RunningApi;
let key: string;
let videoId: string;

beforeAll(async () => {
  here = await install();
  api = await here.start();
  key = await here.key('viewer');
  videoId = await publishTracks();
});
afterAll(() => here.dispose());

const get = (file: string, headers: Record<string, string> = {}, init: RequestInit = {}): Promise<Response> =>
  fetch(`${api.url}/api/v1/videos/${videoId}/renditions/${file}`, {
    ...init,
    headers: { authorization: `Bearer ${key}`, ...headers },
  });
const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

test('picture and first sound are one file, whose fragments follow each other in time', async () => {
  const response = await get('v720.mp4');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('video/mp4');
  const bytes = await bytesOf(response);
  expect(response.headers.get('content-length')).toBe(String(bytes.length));
  const boxes = boxesIn(bytes);
  expect(boxes.slice(0, 2).map(({ type }) => type)).toEqual(['ftyp', 'moov']);
  const moov = boxes[1];
  const tracks = boxesIn(bytes, moov?.body, moov?.end).filter(({ type }) => type === 'trak');
  expect(tracks).toHaveLength(2);
  const fragments = boxes
    .filter(({ type }) => type === 'moof')
    .map(({ start, end }) => bytes.subarray(start, end))
    .map((moof) => [
      moof.readUInt32BE(boxAt(moof, 'moof', 'mfhd').body + 4),
      moof.readUInt32BE(boxAt(moof, 'moof', 'traf', 'tfhd').body + 4),
    ]);
  // Two groups of pictures, their sound, and the same again.
  expect(fragments).toEqual([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 1],
    [5, 1],
    [6, 2],
  ]);
  // The length of all of it, on the picture's clock: 12 s at 25 ticks a second.
  const { body } = boxAt(bytes, 'moov', 'mvex', 'mehd');
  expect(bytes.readBigUInt64BE(body + 4)).toBe(300n);
});

test('the best is the highest rung', async () => {
  expect((await bytesOf(await get('best.mp4'))).equals(await bytesOf(await get('v720.mp4')))).toBe(true);
});

test('the sound alone has one track', async () => {
  const bytes = await bytesOf(await get('a-eng.mp4'));
  const { body, end } = boxAt(bytes, 'moov');
  expect(boxesIn(bytes, body, end).filter(({ type }) => type === 'trak')).toHaveLength(1);
});

test('any range is what it is of the whole', async () => {
  const whole = await bytesOf(await get('v720.mp4'));
  const { length } = whole;
  const edges = [0, 1, 100, 401, 700, 1_100, length - 2, length - 1];
  for (const start of edges) {
    for (const end of edges.filter((one) => one >= start)) {
      const response = await get('v720.mp4', { range: `bytes=${start}-${end}` });
      expect([response.status, response.headers.get('content-range')]).toEqual([
        206,
        `bytes ${start}-${end}/${length}`,
      ]);
      expect((await bytesOf(response)).equals(whole.subarray(start, end + 1))).toBe(true);
    }
  }
  const outside = await get('v720.mp4', { range: `bytes=${length}-` });
  expect([outside.status, outside.headers.get('content-range')]).toEqual([416, `bytes */${length}`]);
  const head = await get('v720.mp4', {}, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(length)]);
});

test('it is saved under the title, whatever is in that', async () => {
  const { headers } = await get('v720.mp4');
  expect(headers.get('content-disposition')).toBe(
    `attachment; filename="B_se _Fahrt_ 1 720p.mp4"; filename*=UTF-8''B%C3%B6se%20%E2%80%9CFahrt%E2%80%9D%201%20720p.mp4`,
  );
});

describe('is not given', () => {
  test.for<[string, string, Record<string, string>, number]>([
    ['to nobody', 'v720.mp4', { authorization: '' }, 401],
    ['by a rendition that is not there', 'v1080.mp4', {}, 404],
    ['by another ending', 'v720.webm', {}, 404],
    ['by a path', '..%2Fv720.mp4', {}, 404],
  ])('%s', async ([, file, headers, status]) => {
    expect((await get(file, headers)).status).toBe(status);
  });

  test('to another workspace', async () => {
    const stranger = await here.key('admin', await here.workspace());
    expect((await get('v720.mp4', { authorization: `Bearer ${stranger}` })).status).toBe(404);
  });

  test('while there is nothing to play', async () => {
    await here.db.video.update({ where: { id: videoId }, data: { state: 'failed' } });
    expect((await get('v720.mp4')).status).toBe(404);
    await here.db.video.update({ where: { id: videoId }, data: { state: 'ready' } });
    expect((await get('v720.mp4')).status).toBe(200);
  });
});

test('a download under way breaks off within five seconds once its key is revoked', async () => {
  const id = await publishTracks(16 * 1024 ** 2);
  const secret = await here.key('viewer');
  const headers = { authorization: `Bearer ${secret}` };
  const response = await fetch(`${api.url}/api/v1/videos/${id}/renditions/v720.mp4`, { headers });
  const reader = response.body?.getReader();
  expect((await reader?.read())?.done).toBe(false);
  await here.db.apiKey.updateMany({ where: { secretHash: hashSecret(secret) }, data: { revokedAt: new Date() } });
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  const rest = async (): Promise<void> => {
    while ((await reader?.read())?.done === false);
  };
  await expect(rest()).rejects.toThrow('terminated');
});

test('a segment may come in any pieces', async () => {
  const segment = segmentOf(2);
  const inPieces = async (size: number): Promise<Buffer> => {
    const pieces = (async function* () {
      for (let at = 0; at < segment.length; at += size) yield segment.subarray(at, at + size);
    })();
    const made: Buffer[] = [];
    for await (const part of renumberFragments(pieces, { track: 7, sequence: 40 })) made.push(part);
    return Buffer.concat(made);
  };
  const whole = await inPieces(segment.length);
  for (const size of [1, 3, 8, 41, 300]) expect((await inPieces(size)).equals(whole)).toBe(true);
  await expect(async () => {
    for await (const _ of renumberFragments(
      (async function* () {
        yield segment.subarray(0, segment.length - 1);
      })(),
      { track: 1, sequence: 1 },
    ));
  }).rejects.toThrow('breaks off');
});

/** Two segments of picture, of two groups each, and the sound beside them. The boxes are real, what they hold is not. */
async function publishTracks(groupBytes?: number): Promise<string> {
  const video = await addVideo(here, { title: 'Böse “Fahrt”/1.mov' });
  const job = await addJob(here, video, { state: 'completed', published: { files: [] } });
  const folder = `w/${video.workspaceId}/v/${video.id}/${job.id}`;
  const chunkOf = async (name: string, kind: 'video' | 'audio', timescale: number): Promise<RenditionChunkIndex> => {
    const put = async (file: string, bytes: Buffer) => {
      await here.storage.put(`${folder}/${name}/0-1/${file}`, bytes);
      return { key: `${folder}/${name}/0-1/${file}`, bytes: bytes.length, sha256: 'a'.repeat(64) };
    };
    const groups = kind === 'video' ? 2 : 1;
    const keyPictures = kind === 'video' ? [0, 1].map((tick) => ({ tick, ticks: 1, offset: 0, bytes: 1 })) : [];
    const segments = [];
    for (const at of [0, 1]) {
      const object = await put(`${at}.m4s`, segmentOf(groups, groupBytes));
      segments.push({ ...object, tick: at * 6 * timescale, ticks: 6 * timescale, frames: 1, keyPictures });
    }
    const init = await put('init.mp4', initOf(timescale));
    return { rendition: name, kind, init, codec: 'x', timescale, fingerprint: 'f', segments };
  };
  const [picture, sound] = [await chunkOf('v720', 'video', 25), await chunkOf('a-eng', 'audio', 48_000)];
  const times = { cpuSeconds: 1, wallSeconds: 1 };
  const shared = { jobId: job.id, index: 0, state: 'done' as const };
  await here.db.chunk.createMany({
    data: [
      { ...shared, kind: 'video', result: { renditions: [picture], ...times } },
      { ...shared, kind: 'audio', result: { renditions: [sound], ...times } },
    ],
  });
  await here.db.rendition.createMany({
    data: [
      { jobId: job.id, name: 'v720', kind: 'video', position: 0, width: 1280, height: 720 },
      { jobId: job.id, name: 'a-eng', kind: 'audio', position: 1 },
    ],
  });
  await here.db.video.update({ where: { id: video.id }, data: { state: 'ready', publishedJobId: job.id } });
  return video.id;
}

function fullBox(type: string, ...words: readonly number[]): Buffer {
  const body = Buffer.alloc(4 + words.length * 4);
  for (const [at, word] of words.entries()) body.writeUInt32BE(word, 4 + at * 4);
  return box(type, body);
}

function initOf(timescale: number): Buffer {
  return Buffer.concat([
    box('ftyp', Buffer.from('iso6')),
    box(
      'moov',
      fullBox('mvhd', 0, 0, timescale, 0, ...Array.from({ length: 19 }, () => 0), 2),
      box('trak', fullBox('tkhd', 0, 0, 1, 0), box('mdia', fullBox('mdhd', 0, 0, timescale, 0))),
      box('mvex', fullBox('trex', 1, 1, 0, 0, 0)),
    ),
  ]);
}

function segmentOf(groups: number, bytes = 150): Buffer {
  const fragments = Array.from({ length: groups }, () => [
    box('moof', fullBox('mfhd', 99), box('traf', fullBox('tfhd', 1, 0, 0), fullBox('tfdt', 0))),
    box('mdat', randomBytes(bytes)),
  ]);
  return Buffer.concat([box('styp', Buffer.from('msdh')), ...fragments.flat()]);
}
