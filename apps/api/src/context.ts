import type { IncomingHttpHeaders } from 'node:http';
import type { Database } from '@transcode/db';
import type { EventStream, JobLogs, Queues } from '@transcode/queue';
import type { Storage } from '@transcode/storage';
import type { Logger } from '@transcode/telemetry';
import type { Copier } from './copies/copier.ts';
import type { Turns } from './http/bounds/turns.ts';
import type { Authenticator } from './identity/authenticator.ts';
import type { Identity } from './identity/principal.ts';
import type { SignInThrottle } from './identity/sign-in-throttle.ts';
import type { Grants } from './media/grants.ts';
import type { BackupReader } from './services/backups/backup-reader.ts';
import type { Estimator } from './services/estimate/estimator.ts';
import type { EventHub } from './services/events/event-hub.ts';
import type { Resting } from './views/resting.ts';

/** What one API process works with. */
export interface Services {
  readonly db: Database;
  readonly queues: Queues;
  readonly events: EventStream;
  /** Those who follow events here. */
  readonly hub: EventHub;
  readonly jobLogs: JobLogs;
  /** When work will be done. */
  readonly estimator: Estimator;
  readonly storage: Storage;
  readonly log: Logger;
  readonly authenticator: Authenticator;
  readonly throttle: SignInThrottle;
  /** Each password that is looked at takes a core and 32 MiB for a while, and a thread that others need as well. */
  readonly passwordTurns: Turns;
  readonly grants: Grants;
  readonly resting: Resting;
  /** What the environment of this process sets. */
  readonly limits: { readonly uploadMaxBytes: number; readonly historyKeptMs: number };
  /** Address of a trace in what shows them, with `{trace_id}` in it; undefined where nobody does. */
  readonly traceUrl: string | undefined;
  /** Where those are that watch this installation; undefined where nobody does. */
  readonly monitoring: Readonly<Record<'prometheus' | 'alertmanager' | 'grafana', string | undefined>>;
  /** Where backups are; undefined where nobody has said so. */
  readonly backups: BackupPlace | undefined;
  /** Copies objects to the second store; undefined where none is named. */
  readonly copier: Copier | undefined;
  /** Aborted when the process stops: whatever waits without end has to end. */
  readonly stopping: AbortSignal;
}

/** The store of backups, and whether it is on the disk that they are to protect. */
export interface BackupPlace {
  readonly reader: BackupReader;
  /** The same store, to tell it what was erased. */
  readonly store: Storage;
  readonly url: string;
  readonly sameDisk: boolean;
  /** For how many days a backup is kept, and any moment can be restored. */
  readonly keptDays: number;
  readonly windowDays: number;
  /** Whether what is written to the database is stored there all the while. */
  readonly isArchived: boolean;
}

/** What a procedure knows of the request it serves. */
export interface Context {
  readonly services: Services;
  readonly request: {
    readonly id: string;
    readonly method: string;
    readonly headers: IncomingHttpHeaders;
    readonly address: string;
    /** Origin of the addresses in answers, such as `https://video.example.org`. */
    readonly baseUrl: string;
  };
  readonly identity: Identity | undefined;
}

/** The context of a procedure that demands a role. */
export interface SignedInContext extends Context {
  readonly identity: Identity;
}
