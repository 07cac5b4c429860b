import { atMost, Text } from '@transcode/contracts';
import * as z from 'zod';
import { cancelUpload } from '../../services/uploads/cancel-upload.ts';
import { procedure } from '../../trpc.ts';

export const cancel = procedure
  .meta({
    role: 'editor',
    rest: { method: 'DELETE', path: '/uploads/{id}', status: 204, summary: 'Cancel an upload and drop its bytes' },
  })
  .input(z.object({ id: Text.min(1).check(atMost(100)) }))
  .output(z.void())
  .mutation(({ ctx, input }) => cancelUpload(ctx, input.id));
