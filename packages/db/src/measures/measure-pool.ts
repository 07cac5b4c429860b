import { measure } from '@transcode/telemetry';
import { poolUse, type Database } from '../database.ts';

/** Measures how the connections of this process to Postgres are. */
export function measurePool(db: Database): void {
  const { size, ...states } = poolUse(db);
  for (const state of ['used', 'idle', 'waiting'] as const)
    measure.set('databasePoolConnections', { state }, states[state]);
  measure.set('databasePoolSize', {}, size);
}
