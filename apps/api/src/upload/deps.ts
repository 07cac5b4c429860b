import type { Database } from '@transcode/db';
import type { EventStream, Queues } from '@transcode/queue';
import type { Storage } from '@transcode/storage';

/** What uploads work with. */
export interface UploadDeps {
  readonly db: Database;
  readonly storage: Storage;
  readonly queues: Pick<Queues, 'deliver'>;
  readonly events: Pick<EventStream, 'publish'>;
  readonly log: UploadLog;
}

export interface UploadLog {
  error(details: object, message: string): void;
}
