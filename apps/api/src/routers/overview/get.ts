import { OverviewView } from '@transcode/contracts';
import { getOverview } from '../../services/overview/get-overview.ts';
import { procedure } from '../../trpc.ts';

export const get = procedure
  .meta({
    role: 'operator',
    rest: {
      method: 'GET',
      path: '/overview',
      status: 200,
      summary: 'What needs somebody now, and how the platform does',
    },
  })
  .output(OverviewView)
  .query(({ ctx }) => getOverview(ctx));
