import { BackupsView } from '@transcode/contracts';
import { getBackups } from '../../services/backups/get-backups.ts';
import { procedure } from '../../trpc.ts';

export const get = procedure
  .meta({
    role: 'admin',
    reach: 'all',
    rest: {
      method: 'GET',
      path: '/backups',
      status: 200,
      summary: 'Backups and drills that there are, and what runs of them just now',
    },
  })
  .output(BackupsView)
  .query(({ ctx }) => getBackups(ctx));
