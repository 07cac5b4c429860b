import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Presentation times of a file's video frames, in seconds on its own clock, as ffprobe decodes them. */
export async function frameTimes(ffprobe: string, input: string): Promise<number[]> {
  const decoded = await entries(ffprobe, input, 'frame=best_effort_timestamp_time');
  if (decoded.length > 0) return withMissing(decoded);
  // AV1: our ffprobe knows the codec and cannot decode it; what its packets say has to do.
  return (await entries(ffprobe, input, 'packet=pts_time')).toSorted((a, b) => a - b);
}

/** A frame whose time the container does not say, such as the last ones of a program stream, follows the one before it as others do. */
function withMissing(times: readonly number[]): number[] {
  const steps = times.slice(1).map((time, index) => time - (times[index] ?? NaN));
  const known = steps.filter((step) => !Number.isNaN(step)).toSorted((a, b) => a - b);
  const usual = known[Math.floor(known.length / 2)];
  if (usual === undefined) return times.filter((time) => !Number.isNaN(time));
  let before =
    (times.find((time) => !Number.isNaN(time)) ?? 0) - (times.findIndex((time) => !Number.isNaN(time)) + 1) * usual;
  return times.map((time) => (before = Number.isNaN(time) ? before + usual : time));
}

/** How long the last video frame is shown, as its container says; 0 where it does not. */
export async function lastFrameSeconds(ffprobe: string, input: string): Promise<number> {
  const decoded = await entries(ffprobe, input, 'frame=duration_time');
  const durations = decoded.length > 0 ? decoded : await entries(ffprobe, input, 'packet=duration_time');
  return durations.at(-1) || 0;
}

/** The numbers that ffprobe prints for one entry of the first video stream, one a frame or packet; NaN where it has none. */
async function entries(ffprobe: string, input: string, entry: string): Promise<number[]> {
  const { stdout } = await run(
    ffprobe,
    ['-v', 'error', '-select_streams', 'v:0', '-show_entries', entry, '-of', 'csv=p=0', input],
    { maxBuffer: 1024 ** 3 },
  );
  const words = stdout.split('\n').map((line) => line.replaceAll(',', '').trim());
  return words.filter((word) => word !== '').map(Number);
}
