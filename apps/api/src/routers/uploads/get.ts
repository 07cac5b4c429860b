import { atMost, Text, UploadView } from '@transcode/contracts';
import * as z from 'zod';
import { getUpload } from '../../services/uploads/list-uploads.ts';
import { procedure } from '../../trpc.ts';

export const get = procedure
  .meta({ role: 'viewer', rest: { method: 'GET', path: '/uploads/{id}', status: 200, summary: 'One upload' } })
  .input(z.object({ id: Text.min(1).check(atMost(100)) }))
  .output(UploadView)
  .query(({ ctx, input }) => getUpload(ctx, input.id));
