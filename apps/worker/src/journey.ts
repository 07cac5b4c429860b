import type { Stage } from '@transcode/contracts';
import { audio } from './stages/audio.ts';
import { encode } from './stages/encode.ts';
import { erase } from './stages/erase.ts';
import { measureStage } from './stages/measure.ts';
import { packageStage } from './stages/package.ts';
import { plan } from './stages/plan.ts';
import { poster } from './stages/poster.ts';
import { probe } from './stages/probe.ts';
import { publish } from './stages/publish.ts';
import { verify } from './stages/verify.ts';
import type { StageHandler } from './task-context.ts';

/**
 * The journey of a video. Each stage is one file; what waits for what is written in `STAGE_SHAPES` of packages/contracts.
 *
 *     upload ─► probe ─► plan ─┬─► encode (a task a chunk) ─┬─► package ─┬─► verify ─► publish
 *                              └─► audio ───────────────────┘            └─► measure
 *
 * A handler does its work outside of any transaction and returns what has to be written; run-task.ts writes that in the one
 * transaction that ends the task, if the claim still holds. A stage without a handler does not compile.
 */
export const JOURNEY = {
  /** What is this file, to the packet? Refuses what cannot be published. */
  probe,
  /** Ladder, grid, chunks: everything about the encoding, decided before it starts. */
  plan,
  /** One chunk of the picture: one ffmpeg, one decode, all renditions. */
  encode,
  /** All the sound, whole. */
  audio,
  /** Playlists, MPD, storyboard, poster over the segments that won. The video is playable from here. */
  package: packageStage,
  /** Reads back what is published, as a player would, and compares it with the source: the folder and sound, and each chunk. */
  verify,
  /** VMAF of each rendition; beside verify, and waited for only where the preset has a quality floor. */
  measure: measureStage,
  /** Ready: one transaction tells the database and the outside. */
  publish,
  /** Not on the way: the poster again, from where somebody chose. */
  poster,
  /** Not on the way, but at its end: removes a deleted video's objects. */
  erase,
} as const satisfies Record<Stage, StageHandler>;
