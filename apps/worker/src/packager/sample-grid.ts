import type { Sample } from './mp4/fragment-stream.ts';
import type { GridSample } from './mp4/write-segment.ts';

/** Puts samples on a constant grid. */
export interface SampleGrid {
  /** Ticks of one sample; known from the first sample on where it was not given. */
  readonly sampleTicks: number;
  /** Ticks by which the first sample is shown after it decodes; the edit list takes them off. */
  readonly presentationDelay: number;
  /** Gives nothing for a sample that is not published. */
  place(sample: Sample): GridSample | undefined;
}
