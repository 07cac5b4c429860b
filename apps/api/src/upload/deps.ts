import type { Database } from '@transcode/db';
import type { EventStream, Queues } from '@transcode/queue';
import type { Storage } from '@transcode/storage';
import type { Copier } from '../copies/copier.ts';
import type { Logger } from '@transcode/telemetry';

/** What uploads work with. */
export interface UploadDeps {
  readonly db: Database;
  readonly storage: Storage;
  readonly queues: Pick<Queues, 'deliver'>;
  readonly events: Pick<EventStream, 'publish'>;
  /** Copies objects to the second store, where there is one. */
  readonly copier: Pick<Copier, 'mode' | 'untilCopied'> | undefined;
  readonly log: Pick<Logger, 'error' | 'warn'>;
}
