import { createHash } from 'node:crypto';
import { SIGN_IN_FREE_TRIES, TranscodeError } from '@transcode/contracts';
import type { Redis } from 'ioredis';

/** Tries are forgotten this long after the last one, in seconds; nobody has to wait longer. */
const FORGET_SECONDS = 15 * 60;
/** An address may be a whole office behind one router. */
const ADDRESS_FREE_TRIES = SIGN_IN_FREE_TRIES * 5;

/**
 * Counts a try, or answers how many seconds are left to wait. A try is counted before the password is looked at, so that many
 * at once cannot slip through.
 */
const TAKE_A_TRY = `
local now = tonumber(redis.call('TIME')[1])
for i, key in ipairs(KEYS) do
  local wait = tonumber(redis.call('HGET', key, 'until') or '0') - now
  if wait > 0 then return wait end
end
for i, key in ipairs(KEYS) do
  local tries = redis.call('HINCRBY', key, 'tries', 1)
  local over = tries - tonumber(ARGV[i])
  if over >= 0 then
    redis.call('HSET', key, 'until', now + math.min(2 ^ math.min(over, 12), tonumber(ARGV[3])))
  end
  redis.call('EXPIRE', key, ARGV[3])
end
return 0`;

export class SignInThrottle {
  readonly #redis: Redis;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  /** While tries cannot be counted nobody gets one. */
  async takeTry(account: string, address: string): Promise<void> {
    const keys = [keyOf('account', account), keyOf('address', address)];
    const wait = await answered(
      this.#redis.eval(TAKE_A_TRY, keys.length, ...keys, SIGN_IN_FREE_TRIES, ADDRESS_FREE_TRIES, FORGET_SECONDS),
    );
    if (Number(wait) > 0) throw new TranscodeError('too_many_requests', { seconds: Number(wait) });
  }

  /** The password was right: the account starts afresh, and the address gets its try back. */
  async succeeded(account: string, address: string): Promise<void> {
    await answered(
      this.#redis
        .multi()
        .del(keyOf('account', account))
        .hincrby(keyOf('address', address), 'tries', -1)
        .expire(keyOf('address', address), FORGET_SECONDS)
        .exec(),
    );
  }
}

async function answered<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (cause) {
    throw new TranscodeError('queue_unavailable', {}, { cause });
  }
}

function keyOf(kind: 'account' | 'address', value: string): string {
  return `transcode:sign-in:${kind}:${createHash('sha256').update(value.toLowerCase()).digest('base64url')}`;
}
