import * as z from 'zod';
import { deleteVideo } from '../../services/videos/delete-video.ts';
import { procedure } from '../../trpc.ts';

export const remove = procedure
  .meta({
    role: 'editor',
    rest: { method: 'DELETE', path: '/videos/{id}', status: 204, summary: 'Delete a video and all of its objects' },
  })
  .input(z.object({ id: z.uuid() }))
  .output(z.void())
  .mutation(({ ctx, input }) => deleteVideo(ctx, input.id));
