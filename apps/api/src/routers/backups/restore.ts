import { atMost, OperationView, Text } from '@transcode/contracts';
import * as z from 'zod';
import { askRestore } from '../../services/backups/restores.ts';
import { procedure } from '../../trpc.ts';

const Input = z.object({
  /** The dry run that has found what is to be done. */
  plan: z.uuid(),
  /** Once more the title of the video, as the dry run has it. */
  confirm: Text.check(atMost(320)),
  /** Also where rows of it that are there become what they were. */
  replace: z.boolean().default(false),
  /** Also where nobody has all objects that it is played from. */
  incomplete: z.boolean().default(false),
});

export const restore = procedure
  .meta({
    role: 'admin',
    reach: 'all',
    rest: {
      method: 'POST',
      path: '/backups/restores',
      status: 200,
      summary:
        'Have one video restored as a dry run has told, after a backup of what is there; nothing else is changed',
    },
  })
  .input(Input)
  .output(OperationView)
  .mutation(({ ctx, input }) => askRestore(ctx, input));
