import { ShareView } from '@transcode/contracts';
import * as z from 'zod';
import { pageOf, PageInput } from '../../services/lists/page.ts';
import { listShares } from '../../services/shares/shares.ts';
import { procedure } from '../../trpc.ts';

export const list = procedure
  .meta({
    role: 'editor',
    rest: { method: 'GET', path: '/videos/{id}/shares', status: 200, summary: 'Share links that still hold' },
  })
  .input(PageInput.extend({ id: z.uuid() }))
  .output(pageOf(ShareView))
  .query(({ ctx, input: { id, ...page } }) => listShares(ctx, { videoId: id, ...page }));
