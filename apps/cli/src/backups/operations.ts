import { hostname } from 'node:os';
import type { OperationKind } from '@transcode/contracts';
import {
  beatBackupRunner,
  beginOperation,
  breakOffOperations,
  createDatabase,
  endOperation,
  isOperationCanceled,
  leaveBackupRunner,
  takeOperation,
  tellStep,
  type Database,
  type Operation,
} from '@transcode/db';

export interface NextTimes {
  nextBackupAt: Date;
  nextDrillAt: Date | null;
}

type Ending = Parameters<typeof endOperation>[2];

/** A database that hangs holds nobody up: neither a backup nor the end of the installation. */
const PATIENCE_MS = 5_000;
const BROKEN_OFF = 'It was broken off, as the installation stopped meanwhile.';

/**
 * The rows by which people ask for backups, drills and restores, and follow them. A backup needs none of them: where the database is away for a
 * moment, what could not be written is left, but for how something ended, which is written once it is back.
 */
export class Operations {
  readonly #db: Database;
  readonly #tell: (error: unknown) => void;
  readonly #endings = new Map<string, Ending>();
  #isAway = false;

  constructor(databaseUrl: string, tell: (error: unknown) => void) {
    this.#db = createDatabase(databaseUrl, { poolSize: 2 });
    this.#tell = tell;
  }

  /** There is one supervisor to a database, so whatever runs there now was its predecessor's. */
  async begin(): Promise<void> {
    await this.#attempt(() => breakOffOperations(this.#db, BROKEN_OFF));
  }

  async beat(next: NextTimes): Promise<void> {
    await this.#attempt(async () => {
      for (const [id, ending] of this.#endings) {
        await endOperation(this.#db, id, ending);
        this.#endings.delete(id);
      }
      await beatBackupRunner(this.#db, { host: hostname(), ...next });
    });
  }

  /** What somebody asked for. */
  take(): Promise<Operation | undefined> {
    return this.#attempt(() => takeOperation(this.#db));
  }

  /** What its time has come for. */
  scheduled(kind: OperationKind): Promise<Operation | undefined> {
    return this.#attempt(() => beginOperation(this.#db, kind));
  }

  async step(id: string, step: number, doing: string): Promise<void> {
    await this.#attempt(() => tellStep(this.#db, id, { step, doing }));
  }

  async isCanceled(id: string): Promise<boolean> {
    return (await this.#attempt(() => isOperationCanceled(this.#db, id))) === true;
  }

  async end(id: string, ending: Ending): Promise<void> {
    this.#endings.set(id, ending);
    await this.#attempt(async () => {
      await endOperation(this.#db, id, ending);
      this.#endings.delete(id);
    });
  }

  /** Nobody runs backups here from now on. */
  async close(): Promise<void> {
    await this.#attempt(() => breakOffOperations(this.#db, BROKEN_OFF));
    await this.#attempt(() => leaveBackupRunner(this.#db, hostname()));
    await this.#attempt(() => this.#db.$disconnect());
  }

  /** Told once for as long as it lasts. */
  async #attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await withinTime(work());
      this.#isAway = false;
      return result;
    } catch (error) {
      if (!this.#isAway) this.#tell(error);
      this.#isAway = true;
      return undefined;
    }
  }
}

async function withinTime<T>(work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('The database does not answer.')), PATIENCE_MS);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
