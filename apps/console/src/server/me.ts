import type { MeView } from '@transcode/contracts';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { explain } from '../lib/explain.ts';
import { createApi } from './api.ts';

/** Who asks for this page. Whoever is not signed in is led to the door, and back to here after it. */
export async function requireMe(): Promise<MeView> {
  const request = await headers();
  try {
    return await createApi({ cookie: request.get('cookie') ?? '' }).me.get.query();
  } catch (error) {
    if (explain(error).status !== 401) throw error;
  }
  const path = request.get('x-transcode-path') ?? '/';
  return redirect(path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`);
}
