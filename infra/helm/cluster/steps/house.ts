import { join, resolve } from 'node:path';

/** The repository. */
export const HOUSE = resolve(import.meta.dirname, '../../../..');

/** Programs, schemas and images that were made for the cluster are kept here. */
export const KEPT = join(HOUSE, '.tools/cluster');
