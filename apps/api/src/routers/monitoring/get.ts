import { MonitoringView } from '@transcode/contracts';
import { getMonitoring } from '../../services/monitoring/get-monitoring.ts';
import { procedure } from '../../trpc.ts';

export const get = procedure
  .meta({
    role: 'operator',
    rest: { method: 'GET', path: '/monitoring', status: 200, summary: 'What watches this installation' },
  })
  .output(MonitoringView)
  .query(({ ctx }) => getMonitoring(ctx));
