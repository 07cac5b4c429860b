interface JobNames {
  readonly id: string;
  readonly workspaceId: string;
  readonly videoId: string;
}

/** The part that all keys of a job's output share, with its slash. */
export function jobFolder({ id, workspaceId, videoId }: JobNames): string {
  return `w/${workspaceId}/v/${videoId}/${id}/`;
}
