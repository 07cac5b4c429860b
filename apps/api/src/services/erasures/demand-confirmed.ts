import { TranscodeError } from '@transcode/contracts';

/** What cannot be undone names what it is done to once more, so that nobody does it to another by mistake. */
export function demandConfirmed(typed: string, expected: string, what: string): void {
  if (typed.trim().toLowerCase() === expected.toLowerCase()) return;
  throw new TranscodeError('conflict', { reason: `Nothing was erased: what was typed is not its ${what}` });
}
