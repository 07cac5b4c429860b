import { Role } from '@transcode/contracts';
import * as z from 'zod';
import { signIn as toSignIn } from '../../services/sign-in.ts';
import { publicProcedure } from '../../trpc.ts';

const Input = z.object({ email: z.string().min(1).max(320), password: z.string().min(1).max(1_000) });
const Output = z.object({
  /** The session's secret, told this once; the console keeps it in next-auth's encrypted token. */
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
