import { createApiKey } from '@transcode/api/local';
import { withLocalInstallation } from '../local-database.ts';
import { RestClient } from '../rest-client.ts';
import type { DataFolder } from '../data-folder/data-folder.ts';

/** Gives `work` a key of its own, which is worth nothing afterwards. An admin's, as only that may resume what an earlier key began. */
export async function withTemporaryKey<T>(
  folder: DataFolder,
  url: string,
  work: (client: RestClient) => Promise<T>,
): Promise<T> {
  return withLocalInstallation(folder, async ({ db }) => {
    const { id, key } = await createApiKey(db, { role: 'admin', name: `encode ${process.pid}` });
    const revoke = () => db.apiKey.update({ where: { id }, data: { revokedAt: new Date() } });
    let result: T;
    try {
      result = await work(new RestClient(url, key));
    } catch (error) {
      // Where the database went away with everything else, what happened first is what to tell.
      await Promise.allSettled([revoke()]);
      throw error;
    }
    await revoke();
    return result;
  });
}
