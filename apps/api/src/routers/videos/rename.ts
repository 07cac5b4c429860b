import { atMost, Line, TITLE_MAX_LENGTH, VideoDetail } from '@transcode/contracts';
import * as z from 'zod';
import { getVideo } from '../../services/videos/get-video.ts';
import { renameVideo } from '../../services/videos/rename-video.ts';
import { procedure } from '../../trpc.ts';

const Input = z.object({ id: z.uuid(), title: Line.check(atMost(TITLE_MAX_LENGTH)).trim().min(1) });

export const rename = procedure
  .meta({ role: 'editor', rest: { method: 'PATCH', path: '/videos/{id}', status: 200, summary: 'Rename a video' } })
  .input(Input)
  .output(VideoDetail)
  .mutation(async ({ ctx, input }) => {
    await renameVideo(ctx, input.id, input.title);
    return getVideo(ctx, input.id);
  });
