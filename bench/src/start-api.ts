import { randomBytes } from 'node:crypto';
import type { BenchProcess, BenchStack } from './bench-stack.ts';

/** An API whose reconciler gives what was dropped, or whose worker died, to the next. */
export function startApi(stack: BenchStack): Promise<BenchProcess> {
  const secrets = { AUTH_SECRET: randomBytes(32).toString('hex'), GRANT_SECRET: randomBytes(32).toString('hex') };
  return stack.startProcess('api', { PORT: '0', ...secrets });
}
