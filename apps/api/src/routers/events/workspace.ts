import { followEvents } from '../../services/events/follow-events.ts';
import { recentVideos } from '../../services/videos/recent-videos.ts';
import { procedure } from '../../trpc.ts';

/** Hints about everything one may see. It begins with the videos that are under way or were until lately. */
export const workspace = procedure
  .meta({ role: 'viewer' })
  .subscription(({ ctx, signal }) => followEvents(ctx, signal, { snapshot: () => recentVideos(ctx) }));
