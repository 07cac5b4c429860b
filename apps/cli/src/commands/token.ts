import { createApiKey } from '@transcode/api/local';
import type { Role } from '@transcode/contracts';
import { dataFolderAt } from '../data-folder/data-folder.ts';
import { withLocalDatabase } from '../local-database.ts';
import type { Context } from '../context.ts';

/** Prints a new API key of the installation that runs on the data folder, and nothing else. */
export async function token(context: Context, options: { data: string; role: Role }): Promise<number> {
  const { key } = await withLocalDatabase(dataFolderAt(options.data), (db) => createApiKey(db, { role: options.role }));
  context.print(key);
  return 0;
}
