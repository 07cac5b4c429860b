import { PublishedFile } from '@transcode/contracts';
import * as z from 'zod';
import { listFiles } from '../../services/videos/get-video.ts';
import { procedure } from '../../trpc.ts';

export const files = procedure
  .meta({
    role: 'viewer',
    rest: { method: 'GET', path: '/videos/{id}/files', status: 200, summary: 'The files of the published folder' },
  })
  .input(z.object({ id: z.uuid() }))
  .output(z.object({ files: z.array(PublishedFile) }))
  .query(async ({ ctx, input }) => ({ files: await listFiles(ctx, input.id) }));
