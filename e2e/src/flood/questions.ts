import { randomBytes, randomUUID } from 'node:crypto';
import type { Asked } from './stranger.ts';

const json = { 'content-type': 'application/json' };
const secret = (): string => randomBytes(24).toString('base64url');
const guess = (): string => JSON.stringify({ email: `${randomUUID()}@example.org`, password: randomUUID() });
const page = { accept: 'text/html' };

function posted(path: string, body: string, headers: Record<string, string> = json): Asked {
  const bytes = Buffer.from(body);
  return { method: 'POST', path, headers: { ...headers, 'content-length': String(bytes.length) }, body: [bytes] };
}

/** What a stranger may ask without an end, each time anew, so that nothing is answered from what is kept. */
export const QUESTIONS: readonly (() => Asked)[] = [
  () => ({ path: `/?${secret()}`, headers: page }),
  () => ({ path: `/sign-in?${secret()}`, headers: page }),
  () => ({ path: `/${secret()}`, headers: page }),
  () => ({ path: `/videos/${randomUUID()}`, headers: page }),
  () => ({ path: `/share/${secret()}`, headers: page }),
  () => ({ path: `/embed/${secret()}`, headers: page }),
  () => ({ path: `/_next/static/chunks/${secret()}.js` }),
  () => ({ path: `/_next/image?url=%2Ficon.svg&w=3840&q=${Math.ceil(Math.random() * 100)}&${secret()}` }),
  () => ({ path: `/${'x'.repeat(12_000)}?${secret()}` }),
  () => ({ path: `/?_rsc=${secret()}`, headers: { rsc: '1', 'next-router-prefetch': '1' } }),
  () => ({ path: `/api/trpc/shares.open?input=${encodeURIComponent(JSON.stringify({ token: secret() }))}` }),
  () => ({ path: '/api/trpc/events.workspace', headers: { accept: 'text/event-stream' } }),
  () => ({ path: '/api/trpc/me.get', headers: { authorization: `Bearer ${secret()}` } }),
  () => ({ path: '/api/v1/videos', headers: { cookie: `next-auth.session-token=${secret()}` } }),
  () => ({ path: `/media/${secret()}.${secret()}/master.m3u8` }),
  () => ({ path: `/api/uploads/${secret()}`, method: 'HEAD', headers: { 'tus-resumable': '1.0.0' } }),
  () => ({ path: '/api/auth/providers' }),
  () => posted('/api/v1/auth/sign-in', guess()),
  () => posted('/api/trpc/auth.signIn', guess()),
  () =>
    posted('/api/auth/callback/credentials', 'csrfToken=x', { 'content-type': 'application/x-www-form-urlencoded' }),
];
