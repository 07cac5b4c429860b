import * as z from 'zod';
import { endOtherSessions } from '../../services/sessions/sessions.ts';
import { procedure } from '../../trpc.ts';

export const endOthers = procedure
  .meta({
    role: 'viewer',
    person: true,
    rest: {
      method: 'POST',
      path: '/sessions/end-others',
      status: 200,
      summary: 'End all of your sessions but this one',
    },
  })
  .output(z.object({ ended: z.int() }))
  .mutation(({ ctx }) => endOtherSessions(ctx));
