import { atMost, Text, UserView } from '@transcode/contracts';
import { listUsers } from '../../services/people/list-users.ts';
import { pageOf, PageInput } from '../../services/lists/page.ts';
import { procedure } from '../../trpc.ts';

const Input = PageInput.extend({
  /** Part of the name or of the e-mail. */
  search: Text.check(atMost(320)).optional(),
});

export const list = procedure
  .meta({
    role: 'admin',
    person: true,
    rest: {
      method: 'GET',
      path: '/users',
      status: 200,
      summary: 'Accounts, newest first',
    },
  })
  .input(Input.prefault({}))
  .output(pageOf(UserView))
  .query(({ ctx, input }) => listUsers(ctx, input));
