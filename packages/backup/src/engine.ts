import type { Storage } from '@transcode/storage';

/** What the engine works with. It needs neither Redis nor API, and all that it remembers lies beside the backups. */
export interface Engine {
  /** Where backups are. */
  store: Storage;
  /** Where the objects are that rows name; without it they are not looked for. */
  media: Storage | undefined;
  databaseUrl: string;
  /** The folder with `pg_dump`, `pg_restore`, `postgres` and `initdb`, of the server's major version or newer. */
  bin: string;
  /** In it a Postgres is started to restore into, and removed again. */
  scratch: string;
  /** Public keys of age; without one nothing is encrypted. */
  recipients: readonly string[];
  /** Private keys of age. */
  identities: readonly string[];
  /** After how many days a backup goes, once as many good ones came after it. */
  keptDays?: number;
  /** Of the product. */
  product: string;
  /** Names of settings that are set. */
  settings?: readonly string[];
  say?: (sentence: string) => void;
  now?: () => Date;
  signal?: AbortSignal;
}
