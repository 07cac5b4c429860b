import { atMost, SortOrder, TITLE_MAX_LENGTH, Text, VideoSort, VideoState, VideoView } from '@transcode/contracts';
import { orKept } from '../../rest/kept-answers.ts';
import { listVideos } from '../../services/videos/list-videos.ts';
import { oneOrMore } from '../../services/lists/one-or-more.ts';
import { pageOf, PageInput } from '../../services/lists/page.ts';
import { procedure } from '../../trpc.ts';

const Input = PageInput.extend({
  state: oneOrMore(VideoState).optional(),
  /** Part of the title or of the file's name. */
  search: Text.check(atMost(TITLE_MAX_LENGTH)).optional(),
  sort: VideoSort.default('added'),
  order: SortOrder.default('descending'),
});

export const list = procedure
  .meta({
    role: 'viewer',
    rest: { method: 'GET', path: '/videos', status: 200, summary: 'Videos, newest first unless told otherwise' },
  })
  .input(Input.prefault({}))
  .output(pageOf(orKept(VideoView)))
  .query(({ ctx, input }) => listVideos(ctx, input));
