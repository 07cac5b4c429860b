import { atMost, Role, Text } from '@transcode/contracts';
import * as z from 'zod';
import { signIn as toSignIn } from '../../services/sessions/sign-in.ts';
import { publicProcedure } from '../../trpc.ts';

const Input = z.object({ email: Text.min(1).check(atMost(320)), password: Text.min(1).check(atMost(1_000)) });
const Output = z.object({
  /** The session's secret, told this once: `Authorization: Bearer <session>`. The console keeps it in next-auth's encrypted token. */
  session: z.string(),
  user: z.object({ id: z.uuid(), email: z.string(), name: z.string() }),
  role: Role,
  mustChangePassword: z.boolean(),
});

export const signIn = publicProcedure
  .meta({ role: 'public', rest: { method: 'POST', path: '/auth/sign-in', status: 200, summary: 'Sign in' } })
  .input(Input)
  .output(Output)
  .mutation(({ ctx, input }) => toSignIn(ctx, input));
