/**
 * Our own code asked for what cannot be, so no request and no file is to blame: the API tells it as `internal`, a worker as
 * `stage_failed`.
 */
export class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant';
}
