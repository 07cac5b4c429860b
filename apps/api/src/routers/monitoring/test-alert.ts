import { AlertSeverity, TestAlertView } from '@transcode/contracts';
import * as z from 'zod';
import { testAlert as send } from '../../services/monitoring/test-alert.ts';
import { procedure } from '../../trpc.ts';

export const testAlert = procedure
  .meta({
    role: 'admin',
    rest: {
      method: 'POST',
      path: '/monitoring/test-alert',
      status: 200,
      summary: 'Have Alertmanager tell a test, as it would tell what is wrong',
    },
  })
  .input(z.object({ severity: AlertSeverity.default('warning') }))
  .output(TestAlertView)
  .mutation(({ ctx, input }) => send(ctx, input.severity));
