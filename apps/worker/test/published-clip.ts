import { makeSource, patternWithBeeps } from './make-source.ts';
import type { TamperedCopy } from './tampered-copy.ts';
import { verdicts } from './verdicts.ts';
import { openWorkshop, TO_PACKAGED } from './workshop.ts';

/** Names of what the clip is made into. */
export const PICTURE = 'v180';
export const SOUND = 'a-und';

/** A short video that was published as it should be, of which copies are spoilt. */
export interface PublishedClip {
  /** What verification says of a copy that was spoilt so; `right`, or why not. */
  verdict(spoil: (copy: TamperedCopy) => Promise<void>): Promise<string>;
  dispose(): Promise<void>;
}

/** Three segments: 6 s, 6 s and 2 s. */
export async function publishClip(): Promise<PublishedClip> {
  const workshop = await openWorkshop({ chunkLengths: { first: 100, later: 100 } });
  const begun = await workshop.begin(await makeSource(patternWithBeeps(14)));
  await workshop.run(begun, ...TO_PACKAGED);
  const work = await workshop.published(begun);
  return {
    verdict: async (spoil) => (await verdicts(workshop, work, spoil)).find((each) => each !== 'right') ?? 'right',
    dispose: () => workshop.dispose(),
  };
}

export function segment(copy: TamperedCopy, rendition: string, index: number): string {
  const name = copy.segments(rendition)[index];
  if (name === undefined) throw new Error(`${rendition} has no segment ${index}`);
  return name;
}
