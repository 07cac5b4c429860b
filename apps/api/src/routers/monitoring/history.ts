import { HistorySpan, PlatformHistory } from '@transcode/contracts';
import * as z from 'zod';
import { platformHistory } from '../../services/monitoring/platform-history.ts';
import { procedure } from '../../trpc.ts';

export const history = procedure
  .meta({
    role: 'operator',
    rest: {
      method: 'GET',
      path: '/monitoring/history',
      status: 200,
      summary: 'How the platform was over the last hours or days, from Prometheus',
    },
  })
  .input(z.object({ span: HistorySpan.default('24h') }))
  .output(PlatformHistory)
  .query(({ ctx, input }) => platformHistory(ctx, input.span));
