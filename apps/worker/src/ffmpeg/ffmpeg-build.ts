import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What an ffmpeg says of itself: version and configuration. Part of what makes two encodes the same. */
export async function ffmpegBuild(ffmpeg: string): Promise<string> {
  const { stdout } = await run(ffmpeg, ['-hide_banner', '-version']);
  return stdout
    .split('\n')
    .filter((line) => /^(ffmpeg version|configuration|libavcodec|libavfilter|libswscale)/.test(line.trim()))
    .map((line) => line.trim())
    .join('\n');
}
