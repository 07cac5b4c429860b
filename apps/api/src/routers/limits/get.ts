import { LimitsView } from '@transcode/contracts';
import { getLimits } from '../../services/get-limits.ts';
import { procedure } from '../../trpc.ts';

export const get = procedure
  .meta({
    role: 'admin',
    rest: {
      method: 'GET',
      path: '/limits',
      status: 200,
      summary: 'Limits and retention as they hold here',
    },
  })
  .output(LimitsView)
  .query(({ ctx }) => getLimits(ctx));
