import { openCopyStore, type Storage } from '@transcode/storage';
import type { Services } from '../context.ts';
import type { Environment } from '../env.ts';
import { Copier } from './copier.ts';

/** Nothing where no second store is named. */
export function openCopier(
  env: Environment,
  { db, storage, log, stopping }: Pick<Services, 'db' | 'log' | 'stopping'> & { storage: Storage },
): Copier | undefined {
  const { COPY_URL: url, COPY_MODE: mode } = env;
  if (url === undefined) return undefined;
  return new Copier({ db, storage, store: openCopyStore(url, env), url, mode, log, stopping });
}
