/** Names the output of one job in storage. */
export interface JobNames {
  readonly id: string;
  readonly workspaceId: string;
  readonly videoId: string;
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const SEGMENT_KEY = new RegExp(`^(${UUID})/([a-z0-9-]+)/(\\d+-\\d+)/(init\\.mp4|\\d+\\.m4s)$`);
const SEGMENT_NAME = new RegExp(`^([a-z0-9-]+)/(\\d+-\\d+)(?:@(${UUID}))?/(init\\.mp4|\\d+\\.m4s)$`);

/** What was uploaded, as it came. */
export function sourceKey({ workspaceId, uploadId }: { workspaceId: string; uploadId: string }): string {
  return `w/${workspaceId}/u/${uploadId}`;
}

/** Whether this is the key of what was uploaded, and no part of it. */
export function isSourceKey(key: string): boolean {
  return /^w\/[^/]+\/u\/[^/]+$/.test(key);
}

/** The part that all keys of what became of a video share, with its slash. */
export function videoFolder({ workspaceId, videoId }: Omit<JobNames, 'id'>): string {
  return `w/${workspaceId}/v/${videoId}/`;
}

/** The part that all keys of a job's output share, with its slash. */
export function jobFolder(job: JobNames): string {
  return `${videoFolder(job)}${job.id}/`;
}

/** Where one claim of a chunk writes: `…/v720/0-1/`, chunk and token in the name, so that a late writer meets nobody's objects. */
export function claimFolder(job: JobNames, rendition: string, claim: { chunk: number; token: number }): string {
  return `${jobFolder(job)}${rendition}/${claim.chunk}-${claim.token}/`;
}

/**
 * What manifests call a segment or its init: `v720/0-1/3.m4s`, or `v720/0-1@<job>/3.m4s` where an earlier job of the same video made
 * it. Nothing if the key is no segment of this video.
 */
export function publishedName(job: JobNames, key: string): string | undefined {
  const folder = videoFolder(job);
  const match = key.startsWith(folder) ? SEGMENT_KEY.exec(key.slice(folder.length)) : null;
  if (match === null) return undefined;
  const [, maker = '', rendition = '', claim = '', file = ''] = match;
  return `${rendition}/${claim}${maker === job.id ? '' : `@${maker}`}/${file}`;
}

/** The key behind such a name; nothing if it is not one. */
export function publishedKey(job: JobNames, name: string): string | undefined {
  const match = SEGMENT_NAME.exec(name);
  if (match === null) return undefined;
  const [, rendition = '', claim = '', maker = job.id, file = ''] = match;
  return `${videoFolder(job)}${maker}/${rendition}/${claim}/${file}`;
}
