import { randomBytes } from 'node:crypto';
import { createApiKey } from '@transcode/api/local';
import { freePort } from '@transcode/servers';
import type { BenchProcess, BenchStack } from '../bench-stack.ts';

export interface ReadsApi extends BenchProcess {
  readonly port: number;
  /** One a connection, as each person has. */
  readonly keys: readonly string[];
  readonly workspaceId: string;
}

/** An API that is asked over so many connections. */
export async function startReadsApi(
  stack: BenchStack,
  { connections, settings = {} }: { connections: number; settings?: Readonly<Record<string, string>> },
): Promise<ReadsApi> {
  const port = await freePort();
  const secrets = { AUTH_SECRET: randomBytes(32).toString('hex'), GRANT_SECRET: randomBytes(32).toString('hex') };
  const publicUrl = { PUBLIC_URL: 'http://127.0.0.1' };
  const api = await stack.startProcess('api', {
    ...secrets,
    ...publicUrl,
    ...settings,
    PORT: String(port),
  });
  const keys: string[] = [];
  while (keys.length < connections) keys.push((await createApiKey(stack.db, { name: 'reads', role: 'editor' })).key);
  const { id: workspaceId } = await stack.db.workspace.findFirstOrThrow();
  return { ...api, port, keys, workspaceId };
}
