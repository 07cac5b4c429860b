import { BulkOutcome, Priority } from '@transcode/contracts';
import { demandNames, JobSelection } from '../../services/jobs/job-selection.ts';
import { setPriority as setPriorities } from '../../services/jobs/set-priority.ts';
import { procedure } from '../../trpc.ts';

export const setPriority = procedure
  .meta({
    role: 'editor',
    rest: {
      method: 'POST',
      path: '/jobs/priority',
      status: 200,
      summary:
        'Set the priority of jobs that are not over, by ids or by a filter; dryRun only counts. Ask again with nextCursor until there is none',
    },
  })
  .input(demandNames(JobSelection.extend({ priority: Priority })))
  .output(BulkOutcome)
  .mutation(({ ctx, input }) => setPriorities(ctx, input));
