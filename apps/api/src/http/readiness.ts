import { lackOfRoom } from '@transcode/storage';
import type { Services } from '../context.ts';

const CHECK_MS = 2_000;

interface Check {
  readonly ok: boolean;
  readonly ms: number;
  readonly error?: string;
  /** It answers, but something cannot be done: a sentence. It needs people, and they need this process. */
  readonly degraded?: string;
}

export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<'postgres' | 'redis' | 'storage', Check>>;
}

async function check(probe: () => Promise<{ degraded?: string | undefined }>): Promise<Check> {
  const started = performance.now();
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_MS} ms`)), CHECK_MS);
  const ms = (): number => Math.round(performance.now() - started);
  try {
    const { degraded } = await Promise.race([probe(), tooLate]);
    return { ok: true, ms: ms(), ...(degraded !== undefined && { degraded }) };
  } catch (error) {
    return { ok: false, ms: ms(), error: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** Whether this process can do its work: everything it stands on answers, each by name. */
export async function readiness({
  db,
  queues,
  storage,
}: Pick<Services, 'db' | 'queues' | 'storage'>): Promise<Readiness> {
  const [postgres, redis, files] = await Promise.all([
    check(async () => {
      await db.$queryRaw`SELECT 1`;
      return {};
    }),
    check(async () => {
      await queues.ping();
      return {};
    }),
    check(async () => {
      await storage.health();
      return { degraded: lackOfRoom('the storage', await storage.room()) };
    }),
  ]);
  return { ready: postgres.ok && redis.ok && files.ok, checks: { postgres, redis, storage: files } };
}
