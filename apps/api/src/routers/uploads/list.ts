import { UploadState, UploadView } from '@transcode/contracts';
import { listUploads } from '../../services/uploads/list-uploads.ts';
import { oneOrMore } from '../../services/lists/one-or-more.ts';
import { pageOf, PageInput } from '../../services/lists/page.ts';
import { procedure } from '../../trpc.ts';

const Input = PageInput.extend({ state: oneOrMore(UploadState).optional() });

export const list = procedure
  .meta({
    role: 'viewer',
    rest: { method: 'GET', path: '/uploads', status: 200, summary: 'Your uploads, newest first' },
  })
  .input(Input.prefault({}))
  .output(pageOf(UploadView))
  .query(({ ctx, input }) => listUploads(ctx, input));
