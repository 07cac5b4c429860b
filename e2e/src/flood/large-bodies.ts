import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Asked } from './stranger.ts';

const LARGE_BYTES = 400 * 1024 ** 2;
const PIECE = Buffer.alloc(256 * 1024, 'x');
/** Eight MB/s a line: what is measured is what takes the bytes, not what makes them. */
const PIECE_MS = 32;

const length = { 'content-length': String(LARGE_BYTES) };
const chunked = { 'transfer-encoding': 'chunked' };
const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const multipart = { 'content-type': 'multipart/form-data; boundary=xxx' };
const tus = { 'tus-resumable': '1.0.0', 'content-type': 'application/offset+octet-stream' };
/** A server action of Next.js, as its client would send one. */
const action = { 'next-action': '40'.repeat(21), accept: 'text/x-component' };

/** Where a stranger may try to have 400 MiB read. */
const LARGE: readonly Omit<Asked, 'body'>[] = [
  { path: '/api/auth/callback/credentials', headers: { ...form, ...length } },
  { path: '/api/auth/callback/credentials', headers: { ...json, ...chunked } },
  { path: '/api/auth/signin/credentials', headers: { ...multipart, ...chunked } },
  { path: '/sign-in', headers: { ...multipart, ...action, ...length } },
  { path: '/', headers: { ...action, ...chunked, 'content-type': 'text/plain;charset=UTF-8' } },
  { path: '/share/nothing', method: 'GET', headers: length },
  { path: '/_next/image', method: 'PUT', headers: chunked },
  { path: '/api/trpc/auth.signIn', headers: { ...json, ...length } },
  { path: '/api/trpc/videos.list,me.get?batch=1', headers: { ...json, ...chunked } },
  { path: '/api/trpc/shares.open', headers: { ...multipart, ...chunked } },
  { path: '/api/v1/auth/sign-in', headers: { ...json, ...chunked } },
  { path: '/api/v1/presets', headers: { ...json, ...length } },
  { path: '/api/uploads', headers: { ...tus, ...length, 'upload-length': String(LARGE_BYTES) } },
  { path: '/api/uploads/nothing', method: 'PATCH', headers: { ...tus, ...chunked, 'upload-offset': '0' } },
  { path: '/media/nothing/master.m3u8', headers: chunked },
  { path: '/health', method: 'GET', headers: length },
];

/** A mebibyte of it is a gibibyte once somebody unpacks it. */
const BOMB = gzipSync(Buffer.alloc(64 * 1024 ** 2), { level: 9 });
const BOMBED = ['/api/auth/callback/credentials', '/api/trpc/auth.signIn', '/api/v1/auth/sign-in', '/sign-in'];

export const LARGE_BODIES: readonly (() => Asked)[] = [
  ...LARGE.map((asked) => () => ({ method: 'POST', ...asked, body: largeBody() })),
  ...BOMBED.map((path) => () => ({
    ...{ method: 'POST', path, body: [BOMB] },
    headers: { ...json, 'content-encoding': 'gzip', 'content-length': String(BOMB.length) },
  })),
];

async function* largeBody(): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < LARGE_BYTES; sent += PIECE.length) {
    yield PIECE;
    await sleep(PIECE_MS);
  }
}
