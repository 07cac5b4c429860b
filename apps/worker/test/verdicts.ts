import { TranscodeError } from '@transcode/contracts';
import { TamperedCopy } from './tampered-copy.ts';
import type { PublishedWork, Workshop } from './workshop.ts';

/** What each part of verification says of a copy that was spoilt. */
export async function verdicts(
  workshop: Workshop,
  work: PublishedWork,
  spoil: (copy: TamperedCopy) => Promise<void>,
  options: { source?: string } = {},
): Promise<string[]> {
  await using copy = await TamperedCopy.of(workshop, work);
  await spoil(copy);
  return (await copy.verify(options)).map((error) => {
    if (error === undefined) return 'right';
    if (!(error instanceof TranscodeError)) throw error;
    return `${error.code}: ${error.message}`;
  });
}

export const failed = (reason: string): RegExp =>
  new RegExp(`^verify_failed: The finished video did not pass its check: ${reason}`);
