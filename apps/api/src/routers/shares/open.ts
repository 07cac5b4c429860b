import { atMost, SharedVideo, Text } from '@transcode/contracts';
import * as z from 'zod';
import { openShare } from '../../services/shares/open-share.ts';
import { publicProcedure } from '../../trpc.ts';

export const open = publicProcedure
  .meta({
    role: 'public',
    rest: { method: 'GET', path: '/shared/{token}', status: 200, summary: 'What a share link shows' },
  })
  .input(z.object({ token: Text.min(1).check(atMost(100)) }))
  .output(SharedVideo)
  .query(({ ctx, input }) => openShare(ctx, input.token));
