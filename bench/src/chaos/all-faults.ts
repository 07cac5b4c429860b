import type { Fault } from './fault.ts';
import type { FaultKind } from './schedule.ts';
import { cutUploads } from './faults/cut-uploads.ts';
import { fillScratch } from './faults/fill-scratch.ts';
import { flushRedis } from './faults/flush-redis.ts';
import { killApi } from './faults/kill-api.ts';
import { killFfmpeg } from './faults/kill-ffmpeg.ts';
import { killWorker } from './faults/kill-worker.ts';
import { restartPostgres } from './faults/restart-postgres.ts';
import { restartRedis } from './faults/restart-redis.ts';
import { stopApi } from './faults/stop-api.ts';
import { stopS3 } from './faults/stop-s3.ts';
import { stopWorker } from './faults/stop-worker.ts';
import { termWorker } from './faults/term-worker.ts';

export const FAULTS: { readonly [K in FaultKind]: Fault } = {
  'kill-worker': killWorker,
  'kill-ffmpeg': killFfmpeg,
  'kill-api': killApi,
  'term-worker': termWorker,
  'stop-worker': stopWorker,
  'stop-api': stopApi,
  'flush-redis': flushRedis,
  'restart-redis': restartRedis,
  'restart-postgres': restartPostgres,
  'stop-s3': stopS3,
  'fill-scratch': fillScratch,
  'cut-uploads': cutUploads,
};
