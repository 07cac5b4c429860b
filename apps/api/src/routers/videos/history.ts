import { DeedView } from '@transcode/contracts';
import * as z from 'zod';
import { findVideo } from '../../services/videos/find-video.ts';
import { readVideoDeeds } from '../../services/audit/read-deeds.ts';
import { procedure } from '../../trpc.ts';

export const history = procedure
  .meta({
    role: 'viewer',
    rest: {
      method: 'GET',
      path: '/videos/{id}/history',
      status: 200,
      summary: 'What people did to a video and to the work on it, newest first',
    },
  })
  .input(z.object({ id: z.uuid() }))
  .output(z.object({ items: z.array(DeedView) }))
  .query(async ({ ctx, input }) => {
    const { id } = await findVideo(ctx, input.id);
    return { items: await readVideoDeeds(ctx.services.db, id) };
  });
