import { createApiKey } from '@transcode/api/local';
import type { KeyReach, Role } from '@transcode/contracts';
import type { Context } from '../context.ts';
import type { WithInstallation } from '../local-database.ts';

/** Prints a new API key of the installation, and nothing else. */
export async function token(
  context: Context,
  { role, reach }: { role: Role; reach: KeyReach },
  withIt: WithInstallation,
): Promise<number> {
  const { key } = await withIt(({ db }) => createApiKey(db, { role, reach }));
  context.print(key);
  return 0;
}
