import * as z from 'zod';

/** How a rendition compares with its source. Scores of `vmaf` are 0..100, of `ssim` 0..1. */
export const Quality = z.object({
  metric: z.enum(['vmaf', 'ssim']),
  /** libvmaf's model, `vmaf_v0.6.1`; absent for SSIM. */
  model: z.string().optional(),
  mean: z.number(),
  harmonicMean: z.number(),
  /** 1st percentile: 99 of 100 measured frames are at least this good. */
  p1: z.number(),
  min: z.number(),
  /** Mean per second of the video; `null` where no frame of that second was measured. */
  perSecond: z.array(z.number().nullable()),
  /** Every n-th frame was measured, of this many. */
  everyNthFrame: z.int().positive(),
  framesMeasured: z.int().positive(),
  framesTotal: z.int().positive(),
  /** A plain sentence, such as "This ffmpeg has no VMAF". */
  note: z.string().optional(),
});
export type Quality = z.infer<typeof Quality>;
