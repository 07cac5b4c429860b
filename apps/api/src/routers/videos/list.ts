import { TITLE_MAX_LENGTH, VideoState, VideoView } from '@transcode/contracts';
import * as z from 'zod';
import { listVideos } from '../../services/list-videos.ts';
import { oneOrMore } from '../../services/one-or-more.ts';
import { pageOf, PageInput } from '../../services/page.ts';
import { procedure } from '../../trpc.ts';

const Input = PageInput.extend({
  state: oneOrMore(VideoState).optional(),
  /** Part of the title or of the file's name. */
  search: z.string().max(TITLE_MAX_LENGTH).optional(),
});

export const list = procedure
  .meta({ role: 'viewer', rest: { method: 'GET', path: '/videos', status: 200, summary: 'Videos, newest first' } })
  .input(Input.prefault({}))
  .output(pageOf(VideoView))
  .query(({ ctx, input }) => listVideos(ctx, input));
