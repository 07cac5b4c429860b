import type { Plan } from '@transcode/contracts';
import type { SamplingPlan } from './sampling.ts';

export type Metric = 'vmaf' | 'ssim';

export const VMAF_MODEL = 'vmaf_v0.6.1';

export function logName(position: number): string {
  return `quality-${position}.log`;
}

/** Frame n meets frame n: by number, on a clock that both sides share, whatever their timestamps were. */
const BY_NUMBER = 'settb=1/1000,setpts=N';

/**
 * The filter graph that compares every rendition (inputs 1, 2, …) with the reference made from the source (input 0), both of the
 * reference's size. Frames that are not looked at are dropped before they are scaled.
 */
export function compareGraph(plan: Plan, metric: Metric, { select }: SamplingPlan): string {
  const { width, height } = plan.reference;
  const { frames, pictureFrames = frames } = plan.grid;
  // A picture that is held has been measured.
  const held = pictureFrames < frames ? [`trim=end_frame=${pictureFrames}`] : [];
  const looked = select === undefined ? [] : [`select='${select}'`];
  const reference = [plan.referenceFilter, ...looked, BY_NUMBER, `split=${plan.video.length}`].join(',');
  const measured = plan.video.map((rendition, position) => {
    const same = rendition.width === width && rendition.height === height;
    const scaled = same ? [] : [`scale=${width}:${height}:flags=bicubic`];
    const published = [...held, ...looked, BY_NUMBER, ...scaled, 'format=yuv420p'].join(',');
    const compare = comparison(metric, position, select === undefined ? 1 : 2);
    return `[${position + 1}:v:0]${published}[d${position}];[d${position}][r${position}]${compare}[o${position}]`;
  });
  const branches = plan.video.map((_, position) => `[r${position}]`).join('');
  return [`[0:${plan.videoStreamIndex}]${reference}${branches}`, ...measured].join(';');
}

function comparison(metric: Metric, position: number, subsample: number): string {
  if (metric === 'ssim') return `ssim=stats_file=${logName(position)}`;
  const options = [`model=version=${VMAF_MODEL}`, `n_subsample=${subsample}`, 'n_threads=2', 'log_fmt=json'];
  return `libvmaf=${options.join(':')}:log_path=${logName(position)}`;
}
