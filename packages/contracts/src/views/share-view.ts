import * as z from 'zod';
import { Time } from '../time.ts';

/** Shortest and longest life of a share link, in seconds. */
export const SHARE_MIN_SECONDS = 3600;
export const SHARE_MAX_SECONDS = 90 * 24 * 3600;

export const ShareView = z.object({
  id: z.uuid(),
  videoId: z.uuid(),
  createdAt: Time,
  expiresAt: Time,
  /** Who made it; absent for an API key, or where the account is gone. */
  createdBy: z.string().nullable(),
});
export type ShareView = z.infer<typeof ShareView>;

/** What somebody with a share link sees. */
export const SharedVideo = z.object({
  title: z.string(),
  expiresAt: Time,
  durationSeconds: z.number(),
  /** Seconds of one frame. */
  frameSeconds: z.number(),
  width: z.int(),
  height: z.int(),
  playbackUrl: z.string(),
  posterUrl: z.string().nullable(),
  storyboardUrl: z.string().nullable(),
});
export type SharedVideo = z.infer<typeof SharedVideo>;
