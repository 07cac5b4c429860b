import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Presentation times of a file's video frames, in seconds on its own clock, as ffprobe decodes them. */
export async function frameTimes(ffprobe: string, input: string): Promise<number[]> {
  const { stdout } = await run(
    ffprobe,
    [
      '-v',
      'error',
      '-select_streams',
      'v:0',
      '-show_entries',
      'frame=best_effort_timestamp_time',
      '-of',
      'csv=p=0',
      input,
    ],
    { maxBuffer: 1024 ** 3 },
  );
  return stdout
    .split('\n')
    .map((line) => line.replaceAll(',', '').trim())
    .filter((line) => line !== '' && line !== 'N/A')
    .map(Number);
}
