import type { Exporter } from '@transcode/contracts';
import { measure } from './measure.ts';

interface Build {
  readonly component: Exporter;
  readonly version: string;
  /** What this worker's ffmpeg calls itself; nothing of what has none. */
  readonly ffmpeg?: string;
}

/** Says once what runs here. */
export function measureBuild({ component, version, ffmpeg = '' }: Build): void {
  measure.set('buildInfo', { component, version, node: process.version, ffmpeg }, 1);
}
