import { DatabaseSync } from 'node:sqlite';

const SQLITE_BUSY = 5;

/**
 * The lock of a data folder: one supervisor at a time. SQLite takes it from the kernel, so that it ends with its process, however
 * that dies. Undefined when another process has it.
 */
export function takeDataLock(file: string): Disposable | undefined {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
    return { [Symbol.dispose]: () => database.close() };
  } catch (error) {
    database.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return undefined;
    throw error;
  }
}
