import { VideoDetail } from '@transcode/contracts';
import * as z from 'zod';
import { choosePoster as choosePosterOf } from '../../services/videos/choose-poster.ts';
import { getVideo } from '../../services/videos/get-video.ts';
import { procedure } from '../../trpc.ts';

/** Longer than any video. */
const MOST_SECONDS = 1_000_000;

const Input = z.object({
  id: z.uuid(),
  /** Where in the video; what is behind its end is its last picture. */
  seconds: z.number().min(0).max(MOST_SECONDS),
});

export const choosePoster = procedure
  .meta({
    role: 'editor',
    rest: {
      method: 'POST',
      path: '/videos/{id}/poster',
      status: 200,
      summary: 'Have the poster of a video taken from another place of it',
    },
  })
  .input(Input)
  .output(VideoDetail)
  .mutation(async ({ ctx, input }) => {
    await choosePosterOf(ctx, input.id, input.seconds);
    return getVideo(ctx, input.id);
  });
