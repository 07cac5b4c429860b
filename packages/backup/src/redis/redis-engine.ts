import type { Storage } from '@transcode/storage';

/** What a backup of Redis is made with. */
export interface RedisEngine {
  store: Storage;
  redisUrl: string;
  /** The folder with `redis-cli` and `redis-server`, of the server's version or newer. */
  bin: string;
  /** In it a Redis is started on what was stored, and removed again. */
  scratch: string;
  recipients: readonly string[];
  keptDays: number;
  product: string;
  say?: (sentence: string) => void;
  now?: () => Date;
  signal?: AbortSignal;
}
