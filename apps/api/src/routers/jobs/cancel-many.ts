import { BulkOutcome } from '@transcode/contracts';
import { cancelJobs } from '../../services/jobs/cancel-job.ts';
import { demandNames, JobSelection } from '../../services/jobs/job-selection.ts';
import { procedure } from '../../trpc.ts';

export const cancelMany = procedure
  .meta({
    role: 'editor',
    rest: {
      method: 'POST',
      path: '/jobs/cancel',
      status: 200,
      summary:
        'Cancel jobs, by their ids or by a filter; dryRun only counts. Ask again with nextCursor until there is none',
    },
  })
  .input(demandNames(JobSelection))
  .output(BulkOutcome)
  .mutation(({ ctx, input }) => cancelJobs(ctx, input));
