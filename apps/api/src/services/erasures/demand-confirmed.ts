import { TranscodeError } from '@transcode/contracts';

interface Confirmed {
  /** Which name of it. */
  what: string;
  undone: string;
}

/** What cannot be undone names what it is done to once more, so that nobody does it to another by mistake. */
export function demandConfirmed(typed: string, expected: string, { what, undone }: Confirmed): void {
  if (typed.trim().toLowerCase() === expected.trim().toLowerCase()) return;
  throw new TranscodeError('conflict', { reason: `${undone}: what was typed is not its ${what}` });
}
