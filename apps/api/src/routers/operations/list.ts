import { MaintenanceItem, MaintenanceKind, OperationState } from '@transcode/contracts';
import { oneOrMore } from '../../services/lists/one-or-more.ts';
import { pageOf, PageInput } from '../../services/lists/page.ts';
import { listOperations } from '../../services/operations/list-operations.ts';
import { procedure } from '../../trpc.ts';

const Input = PageInput.extend({
  kind: oneOrMore(MaintenanceKind).optional(),
  state: oneOrMore(OperationState).optional(),
});

export const list = procedure
  .meta({
    role: 'admin',
    reach: 'all',
    rest: {
      method: 'GET',
      path: '/operations',
      status: 200,
      summary: 'Work that is no video’s, newest first: backups, drills, restores, and what is erased',
    },
  })
  .input(Input.prefault({}))
  .output(pageOf(MaintenanceItem))
  .query(({ ctx, input }) => listOperations(ctx, input));
