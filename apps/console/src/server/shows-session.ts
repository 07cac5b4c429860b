/** Whether a browser's cookies hold a session, as next-auth names it: whole or in pieces, and by https or not. */
export function showsSession(cookie: string): boolean {
  return /(?:^|;\s*)(?:__Secure-)?next-auth\.session-token(?:\.\d+)?=[^;\s]/.test(cookie);
}
