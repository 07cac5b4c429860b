import * as z from 'zod';

/** What keeps an ffmpeg, which reads hostile files, from the network and from files that are not its own. */
export const Wall = z.enum([
  /** A network of its own with nothing in it. */
  'namespace',
  /** Landlock and seccomp: one port at most, and only the files that it needs. */
  'landlock',
]);
export type Wall = z.infer<typeof Wall>;
