import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Presentation times of a file's video frames, in seconds on its own clock, as ffprobe decodes them. */
export async function frameTimes(ffprobe: string, input: string): Promise<number[]> {
  return (await frameEntries(ffprobe, input, 'best_effort_timestamp_time')).filter((time) => !Number.isNaN(time));
}

/** How long the last video frame is shown, as its container says; 0 where it does not. */
export async function lastFrameSeconds(ffprobe: string, input: string): Promise<number> {
  const last = (await frameEntries(ffprobe, input, 'duration_time')).at(-1) ?? 0;
  return Number.isNaN(last) ? 0 : last;
}

async function frameEntries(ffprobe: string, input: string, entry: string): Promise<number[]> {
  const { stdout } = await run(
    ffprobe,
    ['-v', 'error', '-select_streams', 'v:0', '-show_entries', `frame=${entry}`, '-of', 'csv=p=0', input],
    { maxBuffer: 1024 ** 3 },
  );
  const words = stdout.split('\n').map((line) => line.replaceAll(',', '').trim());
  return words.filter((word) => word !== '').map(Number);
}
