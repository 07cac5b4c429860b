import * as z from 'zod';
import { FailureView } from './failure-view.ts';
import { JobDetail } from './job-views.ts';
import { Outlook } from '../work/outlook.ts';
import { Probe } from '../media/probe.ts';
import { Quality } from '../media/quality.ts';
import { MediaKind, TaskState, VideoState } from '../work/states.ts';
import { Time } from '../time.ts';

export const VideoView = z.object({
  id: z.uuid(),
  workspaceId: z.uuid(),
  title: z.string(),
  state: VideoState,
  bytes: z.int(),
  preset: z.string(),
  createdAt: Time,
  readyAt: Time.nullable(),
  durationSeconds: z.number().nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  /** 0..1 over the whole journey. */
  fraction: z.number(),
  posterUrl: z.string().nullable(),
  playbackUrl: z.string().nullable(),
  uploadId: z.string().nullable(),
  uploadOffset: z.int().nullable(),
  jobId: z.uuid().nullable(),
  failure: FailureView.nullable(),
  /** When it will be ready; null where nothing is being done with it. */
  outlook: Outlook.nullable(),
  /** The strip: one entry a chunk, in order. */
  chunks: z.array(z.object({ state: TaskState, fraction: z.number(), takenOver: z.boolean(), seconds: z.number() })),
});
export type VideoView = z.infer<typeof VideoView>;

export const RenditionView = z.object({
  name: z.string(),
  kind: MediaKind,
  width: z.int().nullable(),
  height: z.int().nullable(),
  language: z.string().nullable(),
  label: z.string().nullable(),
  codec: z.string().nullable(),
  /** Bits per second, measured. */
  averageBitRate: z.int().nullable(),
  peakBitRate: z.int().nullable(),
  bytes: z.int().nullable(),
  quality: Quality.nullable(),
});
export type RenditionView = z.infer<typeof RenditionView>;

export const VideoDetail = VideoView.extend({
  fileName: z.string(),
  probe: Probe.nullable(),
  renditions: z.array(RenditionView),
  storyboardUrl: z.string().nullable(),
  dashUrl: z.string().nullable(),
  job: JobDetail.nullable(),
});
export type VideoDetail = z.infer<typeof VideoDetail>;

export const PublishedFile = z.object({ name: z.string(), bytes: z.int(), contentType: z.string(), url: z.string() });
export type PublishedFile = z.infer<typeof PublishedFile>;
