import type { Standing, Trouble } from './server-watch.ts';

const WORDS: Record<Trouble, (since: string) => string> = {
  server: (since) =>
    `The server has not answered since ${since}. What you see is as old as that; this page goes on by itself.`,
  offline: (since) => `You are offline. What you see is from ${since}; page and uploads go on by themselves.`,
  pages: (since) =>
    `The console has not answered since ${since}. This page is up to date; no other can be opened until it is back.`,
};

/** What is away, how old what is shown has become, and what happens next; undefined while all is well. */
export function awayWords({ trouble, since, isAwaited }: Standing): string | undefined {
  if (trouble === undefined || since === undefined) return undefined;
  const words = WORDS[trouble](since.toLocaleTimeString('en-GB'));
  return isAwaited ? `${words} The page you chose opens then.` : words;
}
