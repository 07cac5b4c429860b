import { roleAtLeast, TranscodeError } from '@transcode/contracts';
import type { Role } from '@transcode/contracts';
import { initTRPC } from '@trpc/server';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import type { Context } from './context.ts';
import { problemOf } from './http/problem.ts';
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

/** JSON-RPC's number for a status. Clients open a broken subscription again for that of 500 only. */
function rpcCodeOf(status: number): (typeof TRPC_ERROR_CODES_BY_KEY)[keyof typeof TRPC_ERROR_CODES_BY_KEY] {
  if (status >= 500) return TRPC_ERROR_CODES_BY_KEY.INTERNAL_SERVER_ERROR;
  if (status === 401) return TRPC_ERROR_CODES_BY_KEY.UNAUTHORIZED;
  if (status === 403) return TRPC_ERROR_CODES_BY_KEY.FORBIDDEN;
  if (status === 404) return TRPC_ERROR_CODES_BY_KEY.NOT_FOUND;
  if (status === 409) return TRPC_ERROR_CODES_BY_KEY.CONFLICT;
  if (status === 429) return TRPC_ERROR_CODES_BY_KEY.TOO_MANY_REQUESTS;
  return TRPC_ERROR_CODES_BY_KEY.BAD_REQUEST;
}

const t = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    isDev: false,
    sse: { ping: { enabled: true, intervalMs: 10_000 }, client: { reconnectAfterInactivityMs: 30_000 } },
    errorFormatter({ shape, error, ctx }) {
      const requestId = ctx?.request.id ?? '';
      const known = toTranscodeError(error, requestId);
      const { code, detail, status, retryable, issues } = problemOf(known, requestId);
      return {
        message: detail,
        code: rpcCodeOf(status),
        data: { code, sentence: detail, httpStatus: status, retryable, requestId, issues, path: shape.data.path },
      };
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
