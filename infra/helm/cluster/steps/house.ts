import { resolve } from 'node:path';

/** The repository. */
export const HOUSE = resolve(import.meta.dirname, '../../../..');
