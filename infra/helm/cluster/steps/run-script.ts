import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

/** Runs one of the scripts of infra/helm/cluster, such as `machine/up`; what it says is seen. */
export async function runScript(script: string, ...args: readonly string[]): Promise<void> {
  const child = spawn(resolve(import.meta.dirname, '..', script), args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${script} ended with ${code}.`);
}
