/** Streams of a source whose packets are ciphertext, as the container says. */
export interface Encryption {
  /** In words, for people. */
  readonly scheme: string;
  /** By the id that ffprobe tells of them, or by their places among the streams. */
  readonly streams: 'all' | { readonly by: 'id' | 'place'; readonly numbers: readonly number[] };
  /** Nothing of them is in the clear. Otherwise flags say so, which are wrong now and then: whether they can be decoded decides. */
  readonly isCertain: boolean;
}
