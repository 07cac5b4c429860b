import { OperationView } from '@transcode/contracts';
import * as z from 'zod';
import { cancelBackup } from '../../services/backups/run-backup.ts';
import { procedure } from '../../trpc.ts';

export const cancel = procedure
  .meta({
    role: 'admin',
    reach: 'all',
    rest: {
      method: 'POST',
      path: '/backups/operations/{id}/cancel',
      status: 200,
      summary: 'Stop a backup or a drill that waits or runs',
    },
  })
  .input(z.object({ id: z.uuid() }))
  .output(OperationView)
  .mutation(({ ctx, input }) => cancelBackup(ctx, input.id));
