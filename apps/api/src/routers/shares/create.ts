import { SHARE_MAX_SECONDS, SHARE_MIN_SECONDS, ShareView } from '@transcode/contracts';
import * as z from 'zod';
import { createShare } from '../../services/shares/shares.ts';
import { procedure } from '../../trpc.ts';

const Input = z.object({
  id: z.uuid(),
  /** How long the link holds, in seconds. */
  seconds: z.int().min(SHARE_MIN_SECONDS).max(SHARE_MAX_SECONDS),
});

export const create = procedure
  .meta({
    role: 'editor',
    rest: {
      method: 'POST',
      path: '/videos/{id}/shares',
      status: 201,
      summary: 'Make an address that plays the video without an account; it is shown this once',
    },
  })
  .input(Input)
  .output(ShareView.extend({ url: z.string() }))
  .mutation(({ ctx, input }) => createShare(ctx, { videoId: input.id, seconds: input.seconds }));
