import { roleAtLeast, TranscodeError } from '@transcode/contracts';
import type { Role } from '@transcode/contracts';
import { initTRPC } from '@trpc/server';
import type { Context } from './context.ts';
import { errorShape } from './http/error-shape.ts';
import { toTranscodeError } from './http/to-transcode-error.ts';
import type { RestRoute } from './rest/rest-route.ts';

/** What each procedure declares about itself. */
export interface Meta {
  /** The least role that may call it; `public` asks for none. */
  readonly role: Role | 'public';
  /** Allowed while the one-time password still has to be changed. */
  readonly beforePasswordChange?: boolean;
  /** For people only: it concerns an account, or more than the one workspace that an API key belongs to. */
  readonly person?: boolean;
  /** Its REST address; a subscription has none. */
  readonly rest?: RestRoute;
}

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    isDev: false,
    errorFormatter({ shape, error, ctx }) {
      const requestId = ctx?.request.id ?? '';
      return errorShape(toTranscodeError(error, requestId), { requestId, path: shape.data.path });
    },
  });

export const { router } = t;

/** A procedure that anybody may call. */
export const publicProcedure = t.procedure;

/** A procedure that demands the role in its meta; one that declares none is closed to all. */
export const procedure = t.procedure.use(({ ctx, meta, next }) => {
  const { identity } = ctx;
  if (identity === undefined) throw new TranscodeError('unauthenticated');
  if (meta === undefined || meta.role === 'public') throw new Error('This procedure declares no role.');
  if (identity.mustChangePassword && meta.beforePasswordChange !== true) {
    throw new TranscodeError('password_change_required');
  }
  if (!roleAtLeast(identity.role, meta.role)) throw new TranscodeError('forbidden', { role: meta.role });
  if (meta.person === true && identity.kind !== 'user') throw new TranscodeError('person_required');
  return next({ ctx: { ...ctx, identity } });
});
