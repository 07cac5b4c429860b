import * as z from 'zod';
import { signOut as toSignOut } from '../../services/sessions/sign-out.ts';
import { procedure } from '../../trpc.ts';

export const signOut = procedure
  .meta({
    role: 'viewer',
    beforePasswordChange: true,
    rest: { method: 'POST', path: '/auth/sign-out', status: 204, summary: 'End this session' },
  })
  .output(z.void())
  .mutation(({ ctx }) => toSignOut(ctx));
