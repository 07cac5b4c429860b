import type { DescribedStream } from './described.ts';
import { hearFfmpeg, type Trial } from './try-ffmpeg.ts';

/** How far into the source: by its bytes, or by seeking. */
export type Place = { readonly skippedBytes: number } | { readonly soughtSeconds: number };

/** `broken` where more is broken than whole, `nothing` where nothing comes out, `none` where nothing is there that could and no error is told. */
export type Playing = 'whole' | 'broken' | 'nothing' | 'none';

/** So many frames are decoded in no time; more than this of computing, in seconds, is no decoding. */
const MOST_CPU_SECONDS = 60;
const FRAMES = 48;
/** Decoding goes ahead of showing, in a thread of its own. */
const FRAMES_AHEAD = 16;
const FRAME = /^\[Parsed_a?showinfo_\d+[^\]]*\] \[info\] n: *\d+/;
const CORRUPT = 'corrupt decoded frame';
const FAILED = 'Error submitting packet to decoder';

/** How a stream is decoded from there on, by the next few frames. */
export async function playsAt(run: Trial, stream: DescribedStream, place: Place): Promise<Playing> {
  const count = { shown: 0, corruptBefore: 0, corrupt: 0, failed: 0, errors: 0 };
  const hear = (line: string): void => {
    if (FRAME.test(line)) count.shown += 1;
  };
  const hearTrouble = (line: string): void => {
    if (line.includes('[error]')) count.errors += 1;
    if (line.includes(CORRUPT)) count[count.shown === 0 ? 'corruptBefore' : 'corrupt'] += 1;
    // Before the first key frame nothing can be decoded.
    else if (line.includes(FAILED) && count.shown > 0) count.failed += 1;
  };
  const { failure } = await hearFfmpeg(
    { ...run, mostCpuSeconds: MOST_CPU_SECONDS },
    { ...argvOf(stream, place), hear, hearTrouble },
  );
  // What is decoded on the way to a place is not shown; but of what is shown, ffmpeg may tell so many later than that they are corrupt.
  const before = 'skippedBytes' in place ? count.corruptBefore : Math.min(FRAMES_AHEAD, count.corruptBefore);
  const corrupt = before + count.corrupt;
  if (count.shown === 0) return failure !== undefined || count.corruptBefore + count.errors > 0 ? 'nothing' : 'none';
  return count.shown - corrupt >= corrupt + count.failed ? 'whole' : 'broken';
}

function argvOf(stream: DescribedStream, place: Place): { before: string[]; output: string[] } {
  const isSound = stream.codec_type === 'audio';
  const isSkipped = 'skippedBytes' in place && place.skippedBytes > 0;
  return {
    before: [
      ...['-threads', '1', '-err_detect', '+crccheck'],
      ...('skippedBytes' in place
        ? ['-skip_initial_bytes', String(place.skippedBytes)]
        : ['-ss', String(place.soughtSeconds)]),
    ],
    output: [
      // Behind the first bytes they may be found in another order.
      ...['-map', isSkipped && stream.id !== undefined ? `0:i:${stream.id}` : `0:${stream.index}`],
      ...(isSound ? ['-frames:a', String(FRAMES), '-af', 'ashowinfo'] : ['-frames:v', String(FRAMES)]),
      ...(isSound ? [] : ['-vf', 'showinfo=checksum=0']),
      ...['-f', 'null', '-'],
    ],
  };
}
