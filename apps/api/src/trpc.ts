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
  /** For people only: it concerns accounts, and who is in a workspace. */
  readonly person?: boolean;
  /** It acts on the whole installation: an API key has to reach all workspaces. */
  readonly reach?: 'all';
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
export const procedure = t.procedure.use(async ({ ctx, meta, type, path, next }) => {
  const { identity } = ctx;
  if (identity === undefined) throw await ctx.services.authenticator.refusal(ctx.request);
  if (meta === undefined || meta.role === 'public') throw new Error('This procedure declares no role.');
  if (identity.mustChangePassword && meta.beforePasswordChange !== true) {
    throw new TranscodeError('password_change_required');
  }
  if (!roleAtLeast(identity.role, meta.role)) throw new TranscodeError('forbidden', { role: meta.role });
  if (meta.person === true && identity.kind !== 'user') throw new TranscodeError('person_required');
  if (meta.reach === 'all' && identity.workspaceIds !== 'all') throw new TranscodeError('reach_required');
  const result = await next({ ctx: { ...ctx, identity } });
  if (type === 'mutation' && result.ok) {
    const deed = { actor_id: identity.id, outcome: path, request_id: ctx.request.id };
    ctx.services.log.event('info', 'deed', deed, `${path} by a ${identity.role}`);
  }
  return result;
});
