import type { Services } from '../context.ts';

const CHECK_MS = 2_000;

interface Check {
  readonly ok: boolean;
  readonly ms: number;
  readonly error?: string;
}

export interface Readiness {
  readonly ready: boolean;
  readonly checks: Readonly<Record<'postgres' | 'redis' | 'storage', Check>>;
}

async function check(probe: () => Promise<unknown>): Promise<Check> {
  const started = performance.now();
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_MS} ms`)), CHECK_MS);
  const ms = (): number => Math.round(performance.now() - started);
  try {
    await Promise.race([probe(), tooLate]);
    return { ok: true, ms: ms() };
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
    check(() => db.$queryRaw`SELECT 1`),
    check(() => queues.ping()),
    check(() => storage.health()),
  ]);
  return { ready: postgres.ok && redis.ok && files.ok, checks: { postgres, redis, storage: files } };
}
