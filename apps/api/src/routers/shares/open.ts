import { SharedVideo } from '@transcode/contracts';
import * as z from 'zod';
import { openShare } from '../../services/open-share.ts';
import { publicProcedure } from '../../trpc.ts';

export const open = publicProcedure
  .meta({
    role: 'public',
    rest: { method: 'GET', path: '/shared/{token}', status: 200, summary: 'What a share link shows' },
  })
  .input(z.object({ token: z.string().min(1).max(100) }))
  .output(SharedVideo)
  .query(({ ctx, input }) => openShare(ctx, input.token));
