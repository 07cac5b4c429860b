import { resolve } from 'node:path';

/** The chart's folder. */
export const CHART = resolve(import.meta.dirname, '../transcode');
