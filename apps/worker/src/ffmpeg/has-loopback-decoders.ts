import { TranscodeError } from '@transcode/contracts';
import { askedOnce } from './asked-once.ts';
import { askProgram } from './ask-program.ts';

const TRY = [
  ...['-nostdin', '-hide_banner', '-loglevel', 'level+error', '-f', 'lavfi', '-i', 'anullsrc=d=0.1'],
  ...['-map', '0:0', '-c:a', 'pcm_f32le', '-f', 'null', '-', '-dec', '0:0'],
  ...['-filter_complex', '[dec:0]anull[out]', '-map', '[out]', '-f', 'null', '-'],
];

/** Whether an ffmpeg can decode what it has encoded (7.1 and later): no list of its abilities tells, so it is tried. */
export const hasLoopbackDecoders = askedOnce(async (ffmpeg) => {
  try {
    await askProgram(ffmpeg, TRY);
    return true;
  } catch (error) {
    if (error instanceof TranscodeError && error.code === 'no_encoder') return false;
    throw error;
  }
});
