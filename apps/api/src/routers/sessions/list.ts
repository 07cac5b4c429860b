import { SessionView } from '@transcode/contracts';
import { pageOf, PageInput } from '../../services/lists/page.ts';
import { listSessions } from '../../services/sessions/sessions.ts';
import { procedure } from '../../trpc.ts';

export const list = procedure
  .meta({
    role: 'viewer',
    person: true,
    rest: {
      method: 'GET',
      path: '/sessions',
      status: 200,
      summary: 'Your own sessions, newest first',
    },
  })
  .input(PageInput.prefault({}))
  .output(pageOf(SessionView))
  .query(({ ctx, input }) => listSessions(ctx, input));
