import { VideoDetail } from '@transcode/contracts';
import * as z from 'zod';
import { orKept } from '../../rest/kept-answers.ts';
import { getVideo } from '../../services/videos/get-video.ts';
import { procedure } from '../../trpc.ts';

export const get = procedure
  .meta({ role: 'viewer', rest: { method: 'GET', path: '/videos/{id}', status: 200, summary: 'One video' } })
  .input(z.object({ id: z.uuid() }))
  .output(orKept(VideoDetail))
  .query(({ ctx, input }) => getVideo(ctx, input.id));
