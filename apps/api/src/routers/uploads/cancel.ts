import * as z from 'zod';
import { cancelUpload } from '../../services/cancel-upload.ts';
import { procedure } from '../../trpc.ts';

export const cancel = procedure
  .meta({
    role: 'editor',
    rest: { method: 'DELETE', path: '/uploads/{id}', status: 204, summary: 'Cancel an upload and drop its bytes' },
  })
  .input(z.object({ id: z.string().min(1).max(100) }))
  .output(z.void())
  .mutation(({ ctx, input }) => cancelUpload(ctx, input.id));
