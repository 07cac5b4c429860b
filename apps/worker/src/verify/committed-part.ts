import { publishedName, type ChunkIndex, type JobNames } from '@transcode/contracts';
import { verifyFailed } from './verify-failed.ts';

/** sha256 of one rendition's objects of one chunk, as committed when they were made. */
export interface CommittedPart {
  readonly init: string;
  /** By name in the published folder. */
  readonly segments: ReadonlyMap<string, string>;
}

export function committedPart({ renditions }: ChunkIndex, rendition: string, job: JobNames): CommittedPart {
  const part = renditions.find((each) => each.rendition === rendition);
  if (part === undefined) throw verifyFailed(`${rendition} was never committed`);
  return {
    init: part.init.sha256,
    segments: new Map(part.segments.map(({ key, sha256 }) => [publishedName(job, key) ?? key, sha256])),
  };
}
