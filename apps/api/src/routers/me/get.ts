import { MeView } from '@transcode/contracts';
import { getMe } from '../../services/sessions/get-me.ts';
import { procedure } from '../../trpc.ts';

export const get = procedure
  .meta({
    role: 'viewer',
    beforePasswordChange: true,
    rest: { method: 'GET', path: '/me', status: 200, summary: 'Who you are and what you may see' },
  })
  .output(MeView)
  .query(({ ctx }) => getMe(ctx));
