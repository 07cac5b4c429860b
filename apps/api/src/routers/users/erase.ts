import { atMost, ErasureView, Text } from '@transcode/contracts';
import * as z from 'zod';
import { eraseUser } from '../../services/people/erase-user.ts';
import { procedure } from '../../trpc.ts';

const Input = z.object({
  id: z.uuid(),
  /** Once more the e-mail address of the account. */
  confirm: Text.check(atMost(320)),
});

export const erase = procedure
  .meta({
    role: 'admin',
    person: true,
    rest: {
      method: 'POST',
      path: '/users/{id}/erase',
      status: 200,
      summary: 'Erase an account and whatever is known of the person; answers with the receipt',
    },
  })
  .input(Input)
  .output(ErasureView)
  .mutation(({ ctx, input }) => eraseUser(ctx, input));
