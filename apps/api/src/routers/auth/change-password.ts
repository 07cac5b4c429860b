import { atMost, Text } from '@transcode/contracts';
import * as z from 'zod';
import { changePassword as toChangePassword } from '../../services/sessions/change-password.ts';
import { procedure } from '../../trpc.ts';

const Input = z.object({ current: Text.min(1).check(atMost(1_000)), next: Text.check(atMost(1_000)) });

export const changePassword = procedure
  .meta({
    role: 'viewer',
    beforePasswordChange: true,
    rest: { method: 'POST', path: '/auth/password', status: 204, summary: 'Change your password' },
  })
  .input(Input)
  .output(z.void())
  .mutation(({ ctx, input }) => toChangePassword(ctx, input));
