/** What sign-in says to whoever was led there from a page, by the API's name of what ended the session. */
const WORDS: ReadonlyMap<string, string> = new Map([
  [
    'unauthenticated',
    'You were signed out in another tab, or your session has run out. Sign in to go on where you were.',
  ],
  [
    'session_ended',
    'You were signed out: elsewhere, by a new password, or by an administrator. Sign in to go on where you were.',
  ],
  ['session_expired', 'Your session has run out. Sign in to go on where you were.'],
  ['account_disabled', 'Your account was disabled. An administrator can enable it again.'],
]);

export function isSessionEnd(code: string | undefined): boolean {
  return code !== undefined && WORDS.has(code);
}

/** Why somebody stands at the door; undefined for whoever just came. */
export function whySignIn(why: string | string[] | undefined): string | undefined {
  return typeof why === 'string' ? WORDS.get(why) : undefined;
}

/** The way to the door, and back to `path` after it. */
export function signInPath(path: string, why?: string): string {
  const query = new URLSearchParams();
  if (path !== '/') query.set('next', path);
  if (why !== undefined) query.set('why', why);
  return query.size === 0 ? '/sign-in' : `/sign-in?${query.toString()}`;
}

/** The session of this page. Once it has ended nothing is asked any more, and the page leaves for the door. */
export class PageSession {
  readonly #leave: (why: string) => void;
  readonly #listeners = new Set<() => void>();
  #endedBy: string | undefined;

  constructor(leave: (why: string) => void) {
    this.#leave = leave;
  }

  /** By what it ended; undefined while it holds. */
  endedBy = (): string | undefined => this.#endedBy;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Once: who stays, warned of uploads under way, is not asked again. */
  end(why: string): void {
    if (this.#endedBy !== undefined) return;
    this.#endedBy = why;
    for (const listener of this.#listeners) listener();
    this.#leave(why);
  }
}
