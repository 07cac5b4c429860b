/** A file of the published folder that is not a segment. */
export interface PackagedFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly contentType: string;
}
