import { Redis } from 'ioredis';
import {
  JOB_LOG_KEPT_MS,
  JOB_LOG_LINES,
  jobLogKey,
  JobLogLine,
  TranscodeError,
  type JobLogPage,
} from '@transcode/contracts';
import { RECONNECTING } from './connection.ts';
import { toldOnce } from './told-once.ts';
import { within } from './within.ts';

export interface JobLogs {
  /** Adds a line. Fire and forget: the worker's own log is the record; this is for looking on. */
  append(jobId: string, line: JobLogLine): void;
  /** The lines after a place, oldest first. Throws `queue_unavailable`. */
  read(jobId: string, page: { after: string | undefined; count: number }): Promise<JobLogPage>;
  /** Removes what was said of these jobs. Throws `queue_unavailable`. */
  forget(jobIds: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export interface JobLogsOptions {
  redisUrl: string;
  /** Is told of lines that could not be kept and of broken connections, which mend themselves. */
  onError?: (error: Error) => void;
}

const ANSWER_MS = 3_000;

/** What workers say about jobs, in a stream a job that forgets its oldest lines, and all of them in a day. */
export function createJobLogs({ redisUrl, onError = ignoreLostLines }: JobLogsOptions): JobLogs {
  const tell = toldOnce(onError);
  // The connection is opened with the first line. What is not written soon is worth nothing.
  const redis = new Redis(redisUrl, { ...RECONNECTING, lazyConnect: true, maxRetriesPerRequest: 1 });
  redis.on('error', tell);
  return {
    append: (jobId, line) => {
      const key = jobLogKey(jobId);
      const added = redis.pipeline().xadd(key, 'MAXLEN', '~', JOB_LOG_LINES, '*', 'line', JSON.stringify(line));
      added
        .pexpire(key, JOB_LOG_KEPT_MS)
        .exec()
        .catch((error: unknown) => tell(error instanceof Error ? error : new Error(String(error))));
    },
    read: async (jobId, { after, count }) => {
      const read = redis.xrange(jobLogKey(jobId), after === undefined ? '-' : `(${after}`, '+', 'COUNT', count);
      const entries = await answered(read);
      const lines = entries.map(([id, fields]) => ({ id, ...JobLogLine.parse(JSON.parse(fields[1] ?? '')) }));
      return { lines, next: lines.at(-1)?.id ?? after ?? null };
    },
    forget: async (jobIds) => {
      if (jobIds.length > 0) await answered(redis.del(jobIds.map(jobLogKey)));
    },
    close: () => {
      redis.disconnect();
      return Promise.resolve();
    },
  };
}

async function answered<T>(work: Promise<T>): Promise<T> {
  try {
    if (await within(work, ANSWER_MS)) return await work;
  } catch (cause) {
    throw new TranscodeError('queue_unavailable', {}, { cause });
  }
  // It may still fail, and then of what is told here.
  work.catch(() => undefined);
  throw new TranscodeError('queue_unavailable');
}

/** Nobody misses a line that only the worker's own log has. */
function ignoreLostLines(): void {}
