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

/** Who tries to sign in. */
export interface SignInTry {
  readonly account: string;
  /** An IPv6 one stands for its network. */
  readonly address: string;
  /** Somebody has signed in to this account from there before. */
  readonly isKnown: boolean;
}

/**
 * Slows guessing down, by address and by account. Where somebody has signed in before has a count of its own for the account: whoever guesses
 * elsewhere keeps others out that come from elsewhere, and not its owner.
 */
export class SignInThrottle {
  readonly #redis: Redis;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  /** While tries cannot be counted nobody gets one. */
  async takeTry(tried: SignInTry): Promise<void> {
    const keys = [accountKey(tried), addressKey(tried)];
    const wait = await answered(
      this.#redis.eval(TAKE_A_TRY, keys.length, ...keys, SIGN_IN_FREE_TRIES, ADDRESS_FREE_TRIES, FORGET_SECONDS),
    );
    if (Number(wait) > 0) throw new TranscodeError('too_many_requests', { seconds: Number(wait) });
  }

  /** The password was right: the account starts afresh there, and the address gets its try back. */
  async succeeded(tried: SignInTry): Promise<void> {
    await answered(
      this.#redis
        .multi()
        .del(accountKey(tried))
        .hincrby(addressKey(tried), 'tries', -1)
        .expire(addressKey(tried), FORGET_SECONDS)
        .exec(),
    );
  }

  /** Nobody has to wait any longer who tries this account from where nobody is known. */
  async unlock(account: string): Promise<void> {
    await answered(this.#redis.del(accountKey({ account, address: '', isKnown: false })));
  }
}

async function answered<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (cause) {
    throw new TranscodeError('queue_unavailable', {}, { cause });
  }
}

function accountKey({ account, address, isKnown }: SignInTry): string {
  return isKnown ? keyOf('account-at', `${account} ${address}`) : keyOf('account', account);
}

function addressKey({ address }: SignInTry): string {
  return keyOf('address', address);
}

function keyOf(kind: 'account' | 'account-at' | 'address', value: string): string {
  return `transcode:sign-in:${kind}:${createHash('sha256').update(value.toLowerCase()).digest('base64url')}`;
}
