import type { MeView } from '@transcode/contracts';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { signInPath } from '../features/auth/session-end.ts';
import { explain } from '../lib/explain.ts';
import { CALLER_HEADER, createApi } from './api.ts';
import { showsSession } from './shows-session.ts';

/** Who asks for this page. Whoever is not signed in is led to the door, and back to here after it. */
export async function requireMe(): Promise<MeView> {
  const request = await headers();
  const path = request.get('x-transcode-path') ?? '/';
  const cookie = request.get('cookie') ?? '';
  // The API is asked nothing for a stranger.
  if (!showsSession(cookie)) return redirect(signInPath(path));
  const caller = request.get(CALLER_HEADER);
  try {
    // Where the session is none, it is asked on behalf of who asks: each is limited by their own address.
    return await createApi({ cookie, ...(caller === null ? {} : { [CALLER_HEADER]: caller }) }).me.get.query();
  } catch (error) {
    const { status, code } = explain(error);
    if (status !== 401) throw error;
    // A stranger has no session that could have ended.
    const why = code === 'unauthenticated' ? undefined : code;
    return redirect(signInPath(path, why));
  }
}
