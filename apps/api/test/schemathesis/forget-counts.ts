import { Redis } from 'ioredis';
import type { Installation } from '../installation.ts';

const OFTEN_MS = 500;

/** Nobody asks as often in earnest: what limits how often one may ask begins to count anew, again and again. */
export function forgetCounts(here: Installation): Disposable {
  const redis = new Redis(here.env['REDIS_URL'] ?? '');
  const forget = async (): Promise<void> => {
    const counts = await redis.keys('transcode:rate:*');
    if (counts.length > 0) await redis.del(...counts);
  };
  const timer = setInterval(() => void forget(), OFTEN_MS);
  return {
    [Symbol.dispose]: () => {
      clearInterval(timer);
      redis.disconnect();
    },
  };
}
