import rateLimit from '@fastify/rate-limit';
import { TranscodeError } from '@transcode/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import type { Authenticator } from '../identity/authenticator.ts';

/** Requests a minute. A page asks a few times a second at most; a player and an upload of many pieces ask far more often. */
const PER_MINUTE = { api: 1_200, media: 12_000, uploads: 12_000 } as const;

interface LimitOptions {
  readonly kind: keyof typeof PER_MINUTE;
  readonly redis: Redis;
  readonly authenticator: Authenticator;
}

/** Each principal has its own count; whoever is nobody, or shows what is not valid, shares that of the address. */
async function countedAs(request: FastifyRequest, authenticator: Authenticator): Promise<string> {
  try {
    const identity = await authenticator.identify(request);
    if (identity !== undefined) return `${identity.kind}:${identity.id}`;
  } catch (error) {
    if (!(error instanceof TranscodeError))
      request.log.warn({ err: error }, 'A request could not be told apart for its limit');
  }
  return `address:${request.ip}`;
}

/** Counts in Redis, over all replicas. While Redis is away nothing is limited: playback goes on. */
export async function limitRates(app: FastifyInstance, { kind, redis, authenticator }: LimitOptions): Promise<void> {
  await app.register(rateLimit, {
    redis,
    nameSpace: `transcode:rate:${kind}:`,
    max: PER_MINUTE[kind],
    timeWindow: 60_000,
    skipOnError: true,
    keyGenerator: (request) => (kind === 'media' ? `address:${request.ip}` : countedAs(request, authenticator)),
    errorResponseBuilder: (_request, { ttl }) =>
      new TranscodeError('too_many_requests', { seconds: Math.ceil(ttl / 1_000) }),
  });
}
