import { askProgram } from './ask-program.ts';

/** What an ffmpeg says of itself: version and configuration. Part of what makes two encodes the same. */
export async function ffmpegBuild(ffmpeg: string): Promise<string> {
  const said = await askProgram(ffmpeg, ['-hide_banner', '-version']);
  return said
    .split('\n')
    .filter((line) => /^(ffmpeg version|configuration|libavcodec|libavfilter|libswscale)/.test(line.trim()))
    .map((line) => line.trim())
    .join('\n');
}
