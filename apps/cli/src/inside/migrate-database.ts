import { setTimeout as sleep } from 'node:timers/promises';
import { migrate } from '@transcode/db';
import { Refusal, systemCode } from '../refusal.ts';
import type { Context } from '../context.ts';

const BETWEEN_TRIES_MS = 1_000;
/** There is no server yet, its name is not known yet, or it is still starting (57P03). */
const NOT_YET = new Set(['ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', '57P03']);

/**
 * Brings the database to this version's schema, beside whatever runs on it. Any number may do so at once: they wait for each other. A
 * database that is newer is left as it is, so that going back to this version starts.
 */
export async function migrateDatabase(
  { say }: Pick<Context, 'say'>,
  url: string,
  { waitSeconds }: { waitSeconds: number },
): Promise<number> {
  const { applied, newer } = await onceThere(say, waitSeconds, () => migrate(url, { mayBeNewer: true }));
  for (const name of applied) say(`Applied ${name}.`);
  if (newer.length > 0) say(`The database is newer than this version and stays as it is: ${newer.join(', ')}.`);
  if (applied.length === 0 && newer.length === 0) say('The database is up to date.');
  return 0;
}

async function onceThere<T>(say: Context['say'], waitSeconds: number, work: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + waitSeconds * 1_000;
  for (let waited = false; ; waited = true) {
    try {
      return await work();
    } catch (error) {
      if (!isNotYet(error)) throw failed(error);
      if (performance.now() >= deadline) throw failed(error);
      if (!waited) say('Waiting for Postgres.');
      await sleep(BETWEEN_TRIES_MS);
    }
  }
}

/** Several addresses of one name fail together, each with its own error. */
function isNotYet(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.length > 0 && error.errors.every(isNotYet);
  return NOT_YET.has(systemCode(error) ?? '') || (error instanceof Error && error.message === 'timeout expired');
}

function failed(cause: unknown): Refusal {
  const reason = cause instanceof AggregateError ? cause.errors.map(String).join('; ') : String(cause);
  return new Refusal(`The database could not be brought up to date: ${reason}`, { cause });
}
