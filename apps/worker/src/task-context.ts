import type { Progress } from '@transcode/contracts';
import type { ClaimedTask, Database, Transaction } from '@transcode/db';
import type { ChunkLengths } from '@transcode/planner';
import type { Source, Storage } from '@transcode/storage';
import type { Logger } from '@transcode/telemetry';

export interface Tools {
  readonly ffmpeg: string;
  readonly ffprobe: string;
  /** What this ffmpeg says of itself: version and configuration. */
  readonly build: string;
}

/** All that a stage may touch while it works on one claimed task. */
export interface StageContext {
  readonly claim: ClaimedTask;
  readonly db: Database;
  readonly storage: Storage;
  readonly tools: Tools;
  /** How long the chunks of a new plan are. */
  readonly chunkLengths: ChunkLengths;
  /** An empty folder of this task alone; removed when the task ends, however it ends. */
  readonly scratch: string;
  /** Aborted when the lease is lost or the worker has to stop. */
  readonly signal: AbortSignal;
  readonly log: Logger;
  report(progress: Progress): void;
  /** Called once what the stage returned is committed: the time to measure what was made. */
  onceCommitted(tell: () => void): void;
  /** The video's source as ffmpeg reads it, opened once a task and closed with it. */
  source(): Promise<Source>;
}

/** What a stage has to write once its work is done. Runs in the transaction that completes the task. */
export type StageCommit = (tx: Transaction) => Promise<void>;

/** Does the work of one stage and returns the commit; throws `TranscodeError` where it cannot. */
export type StageHandler = (context: StageContext) => Promise<StageCommit>;
