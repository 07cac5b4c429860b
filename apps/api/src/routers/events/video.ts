import * as z from 'zod';
import { findVideo } from '../../services/videos/find-video.ts';
import { followEvents } from '../../services/events/follow-events.ts';
import { procedure } from '../../trpc.ts';

/** Hints about one video. It begins with the state as it is now, so that a page that connects again misses nothing. */
export const video = procedure
  .meta({ role: 'viewer' })
  .input(z.object({ id: z.uuid() }))
  .subscription(({ ctx, input, signal }) =>
    followEvents(ctx, signal, {
      wanted: (event) => event.type === 'controls' || event.videoId === input.id,
      snapshot: async () => {
        const { workspaceId, state } = await findVideo(ctx, input.id);
        return [{ type: 'video', workspaceId, videoId: input.id, state }];
      },
    }),
  );
