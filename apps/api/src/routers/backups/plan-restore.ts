import { atMost, Line, OperationView, TITLE_MAX_LENGTH } from '@transcode/contracts';
import * as z from 'zod';
import { askRestorePlan } from '../../services/backups/restores.ts';
import { procedure } from '../../trpc.ts';

const Input = z.object({
  /** The id of a backup; by default the newest that counts and that no restore has made. */
  backup: Line.check(atMost(64)).optional(),
  /** The id of a video, or some of its title as the backup has it. */
  video: Line.check(atMost(TITLE_MAX_LENGTH)).trim().min(1),
});

export const planRestore = procedure
  .meta({
    role: 'admin',
    reach: 'all',
    rest: {
      method: 'POST',
      path: '/backups/restores/plan',
      status: 200,
      summary: 'Have looked what a restore of one video from a backup would change; it changes nothing',
    },
  })
  .input(Input)
  .output(OperationView)
  .mutation(({ ctx, input }) => askRestorePlan(ctx, input));
