import type { Metric } from './compare-graph.ts';
import { hasVmaf } from './has-vmaf.ts';

/** libvmaf takes a picture in half four times and looks around each place: on sides of 16 and less it writes where it may not. */
const LEAST_SIDE = 64;

/** What a rendition is measured with, and why if it is not VMAF. */
export async function chooseMetric(
  ffmpeg: string,
  { width, height }: { width: number; height: number },
): Promise<{ metric: Metric; notes: string[] }> {
  if (Math.min(width, height) < LEAST_SIDE) {
    return { metric: 'ssim', notes: ['The picture is too small for VMAF; SSIM was measured instead.'] };
  }
  if (await hasVmaf(ffmpeg)) return { metric: 'vmaf', notes: [] };
  return { metric: 'ssim', notes: ['This ffmpeg has no VMAF; SSIM was measured instead.'] };
}
