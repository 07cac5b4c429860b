import { ErasureView } from '@transcode/contracts';
import { listErasures } from '../../services/erasures/erasures.ts';
import { pageOf, PageInput } from '../../services/lists/page.ts';
import { procedure } from '../../trpc.ts';

export const list = procedure
  .meta({
    role: 'admin',
    reach: 'all',
    rest: { method: 'GET', path: '/erasures', status: 200, summary: 'Receipts of what was erased, newest first' },
  })
  .input(PageInput.prefault({}))
  .output(pageOf(ErasureView))
  .query(({ ctx, input }) => listErasures(ctx, input));
