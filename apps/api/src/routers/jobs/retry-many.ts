import { BulkOutcome } from '@transcode/contracts';
import { demandNames, JobSelection } from '../../services/jobs/job-selection.ts';
import { retryJobs } from '../../services/videos/retry-video.ts';
import { procedure } from '../../trpc.ts';

export const retryMany = procedure
  .meta({
    role: 'editor',
    rest: {
      method: 'POST',
      path: '/jobs/retry',
      status: 200,
      summary:
        'Start the videos of failed or canceled jobs again, by ids or by a filter; dryRun only counts. Ask again with nextCursor until there is none',
    },
  })
  .input(demandNames(JobSelection))
  .output(BulkOutcome)
  .mutation(({ ctx, input }) => retryJobs(ctx, input));
