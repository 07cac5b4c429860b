import { Stage } from '@transcode/contracts';
import type { JobLogs } from '@transcode/queue';
import * as z from 'zod';

/** A line of the worker's log that is about a job. */
const Line = z.object({
  job_id: z.uuid(),
  time: z.iso.datetime(),
  level: z.string(),
  worker_id: z.string(),
  stage: Stage.optional(),
  index: z.int().optional(),
  msg: z.string().default(''),
  err: z.object({ message: z.string() }).optional(),
  said: z.array(z.string()).default([]),
});

/** Lets whoever looks at a job see what this worker logs about it. */
export function showLog(logs: Pick<JobLogs, 'append'>): (line: string) => void {
  return (line) => {
    if (!line.includes('"job_id":"')) return;
    const parsed = Line.safeParse(JSON.parse(line));
    if (!parsed.success) return;
    const {
      job_id: jobId,
      time,
      level,
      worker_id: worker,
      stage = null,
      index = null,
      msg: text,
      err,
      said,
    } = parsed.data;
    logs.append(jobId, { time, level, worker, stage, index, text, cause: err?.message ?? null, said });
  };
}
