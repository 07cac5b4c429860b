import { VideoDetail } from '@transcode/contracts';
import * as z from 'zod';
import { getVideo } from '../../services/get-video.ts';
import { procedure } from '../../trpc.ts';

export const get = procedure
  .meta({ role: 'viewer', rest: { method: 'GET', path: '/videos/{id}', status: 200, summary: 'One video' } })
  .input(z.object({ id: z.uuid() }))
  .output(VideoDetail)
  .query(({ ctx, input }) => getVideo(ctx, input.id));
