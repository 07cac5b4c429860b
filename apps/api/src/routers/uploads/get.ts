import { UploadView } from '@transcode/contracts';
import * as z from 'zod';
import { getUpload } from '../../services/list-uploads.ts';
import { procedure } from '../../trpc.ts';

export const get = procedure
  .meta({ role: 'viewer', rest: { method: 'GET', path: '/uploads/{id}', status: 200, summary: 'One upload' } })
  .input(z.object({ id: z.string().min(1).max(100) }))
  .output(UploadView)
  .query(({ ctx, input }) => getUpload(ctx, input.id));
