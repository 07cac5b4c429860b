import { TranscodeError } from '@transcode/contracts';
import { measure } from '@transcode/telemetry';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import * as z from 'zod';
import { networkOf } from '../callers.ts';
import type { Authenticator } from '../../identity/authenticator.ts';
import { ExhaustedAddresses } from './exhausted-addresses.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, `<kind>:<id>`; undefined for who is nobody, or cannot be told apart. */
    principal: string | undefined;
  }
}

/** Calls a minute. A page asks a few times a second at most, and comes in some thirty files; a player and an upload of many pieces ask far more often. */
const PER_MINUTE = { api: 1_200, media: 12_000, uploads: 12_000, pages: 6_000 } as const;
const WINDOW_MS = 60_000;

/** What answers tell of limits, in seconds and calls; a page elsewhere may only read what is exposed to it. */
export const LIMIT_HEADERS = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset', 'Retry-After'] as const;

interface LimitOptions {
  readonly kind: keyof typeof PER_MINUTE;
  readonly redis: Redis;
  readonly authenticator: Authenticator;
  /** Of a refusal: what the routes themselves would have told of who may read their answers. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Adds what is asked to what was asked in this window, which begins with the first of it; answers the sum, and what is left of the window. */
const COUNT = `
  local count = redis.call('INCRBY', KEYS[1], ARGV[1])
  local left = redis.call('PTTL', KEYS[1])
  if left < 0 then
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
    left = tonumber(ARGV[2])
  end
  return { count, left }`;
const Counted = z.tuple([z.int(), z.int()]);

/** Counts in Redis, over all replicas. While Redis is away nothing is limited: playback goes on. */
export function limitRates(app: FastifyInstance, { kind, redis, authenticator, headers = {} }: LimitOptions): void {
  const limit = PER_MINUTE[kind];

  const count = async (who: string, cost: number): Promise<z.infer<typeof Counted> | undefined> => {
    try {
      return Counted.parse(await redis.eval(COUNT, 1, `transcode:rate:${kind}:${who}`, cost, WINDOW_MS));
    } catch (error) {
      app.log.debug({ err: error }, 'A request could not be counted');
      return undefined;
    }
  };

  const exhausted = new ExhaustedAddresses();

  app.decorateRequest('principal', undefined);
  app.addHook('onRequest', async (request, reply) => {
    // A browser asks so on its own, and would take a refusal for that of what follows.
    if (request.method === 'OPTIONS') return;
    const address = addressOf(request);
    const known = exhausted.leftMs(address);
    // Playing is counted by address alone, and looking up keys that nobody has seen costs more than refusing.
    const isLookedUp = kind !== 'media' && (known === 0 || !authenticator.showsUnknownKey(request));
    request.principal = isLookedUp ? await principalOf(request, authenticator) : undefined;
    const who = request.principal ?? address;
    const counted = who === address && known > 0 ? [limit + 1, known] : await count(who, costOf(request));
    if (counted === undefined) return;
    const [asked = 0, leftMs = 0] = counted;
    const seconds = Math.ceil(leftMs / 1_000);
    void reply
      .header('ratelimit-limit', String(limit))
      .header('ratelimit-remaining', String(Math.max(0, limit - asked)))
      .header('ratelimit-reset', String(seconds));
    if (asked <= limit) return;
    if (who === address) exhausted.add(address, leftMs);
    void reply.headers(headers);
    measure.count('rateLimitedTotal', { kind });
    throw new TranscodeError('too_many_requests', { seconds });
  });
}

/** Each principal has its own count; whoever is nobody, or shows what is not valid, shares that of the address. */
async function principalOf(request: FastifyRequest, authenticator: Authenticator): Promise<string | undefined> {
  try {
    const identity = await authenticator.identify(request);
    return identity === undefined ? undefined : `${identity.kind}:${identity.id}`;
  } catch (error) {
    if (!(error instanceof TranscodeError))
      request.log.warn({ err: error }, 'A request could not be told apart for its limit');
    return undefined;
  }
}

/** What nobody at an address has in common with who is somebody. */
export function addressOf({ caller }: FastifyRequest): string {
  return `address:${networkOf(caller)}`;
}

/** tRPC's clients put many calls into one request, whose path names them all. */
function costOf(request: FastifyRequest): number {
  const [path = ''] = request.url.split('?', 1);
  return path.startsWith('/api/trpc/') ? path.split(/,|%2c/i).length : 1;
}
