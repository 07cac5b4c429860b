import { BulkOutcome } from '@transcode/contracts';
import { cancelJobs } from '../../services/cancel-job.ts';
import { JobSelection, namesJobs, NAMES_JOBS } from '../../services/job-selection.ts';
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
  .input(JobSelection.refine(namesJobs, NAMES_JOBS))
  .output(BulkOutcome)
  .mutation(({ ctx, input }) => cancelJobs(ctx, input));
