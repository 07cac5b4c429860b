import type { ServerWatch } from './server-watch.ts';

/** What stands before a server answers so while that is away. */
const AWAY: ReadonlySet<number> = new Set([502, 503, 504]);
/** A page that cannot be had although the server is there is left to Next. */
const MOST_TRIES = 3;

type Fetch = typeof globalThis.fetch;

/**
 * The way to another page waits until the server is there, however it was taken (a link, a key, Back): the page stays as it is meanwhile.
 * Next itself would leave it for the browser's own error page. What is fetched beforehand is let go.
 */
export function heldNavigation(fetch: Fetch, watch: Pick<ServerWatch, 'whenWell' | 'standing'>): Fetch {
  return async (input, init) => {
    if (!isNavigation(init)) return fetch(input, init);
    if (watch.standing().trouble !== undefined) await watch.whenWell();
    for (let tries = 1; tries < MOST_TRIES; tries += 1) {
      const answer = await attempt(() => fetch(input, init), init?.signal);
      if (answer !== undefined && !AWAY.has(answer.status)) return answer;
      await watch.whenWell();
    }
    return fetch(input, init);
  };
}

/** Undefined where nothing answered. */
async function attempt(ask: () => Promise<Response>, signal: AbortSignal | null | undefined) {
  try {
    return await ask();
  } catch (error) {
    if (signal?.aborted === true || !(error instanceof TypeError)) throw error;
    return undefined;
  }
}

/** As Next's router asks for a page. */
function isNavigation(init: RequestInit | undefined): boolean {
  const headers = new Headers(init?.headers);
  return headers.get('rsc') === '1' && !headers.has('next-router-prefetch');
}
