import type { Fraction } from '@transcode/contracts';
import { toNumber } from '@transcode/planner';
import type { Diagnostics } from '../../ffmpeg/diagnostics.ts';
import { PIPED_LEAD_SECONDS, type Piped } from './pipe-source.ts';
import type { Ffprobe } from '../run-ffprobe.ts';
import { ffmpegLines, type Trial } from '../try-ffmpeg.ts';

/**
 * How a source is read that has a stream which no decoder opens: ffprobe opens those of all streams and ends at the first that fails,
 * ffmpeg only those that it needs.
 */
export interface Around {
  readonly ffmpeg: string;
  /** By their numbers in the source. */
  readonly pictures: ReadonlyMap<number, PipedPicture>;
}

export interface PipedPicture {
  readonly format: Piped['format'];
  /** Its time base in the source, and the one it has once it is piped. */
  readonly own: Fraction;
  readonly piped: Fraction;
}

export interface SourceRun extends Ffprobe {
  readonly around?: Around;
}

interface OneStream {
  readonly run: Ffprobe;
  /** What has ffprobe show this stream and no other. */
  readonly select: readonly string[];
  /** So much later are the times that it shows. */
  readonly leadSeconds: number;
  /** From what it shows to the source's own ticks. */
  readonly ticks: (shown: number | undefined) => number | undefined;
}

/** How ffprobe looks at one picture of a source. */
export function onlyStream(run: SourceRun, index: number): OneStream {
  const picture = run.around?.pictures.get(index);
  if (run.around === undefined || picture === undefined) {
    return { run, select: ['-select_streams', String(index)], leadSeconds: 0, ticks: (shown) => shown };
  }
  const own = toNumber(picture.own);
  const piped = toNumber(picture.piped);
  return {
    run: { ...run, piped: { ffmpeg: run.around.ffmpeg, streamIndex: index, format: picture.format } },
    select: [],
    leadSeconds: PIPED_LEAD_SECONDS,
    ticks: (shown) => (shown === undefined ? undefined : Math.round((shown * piped - PIPED_LEAD_SECONDS) / own)),
  };
}

/** As ffmpeg calls what ffprobe shows by letters. */
const FLAGS = [
  { bit: 1, letter: 'K' },
  { bit: 4, letter: 'D' },
  { bit: 2, letter: 'C' },
];
const NO_TIME = '-9223372036854775808';

/** The packets of these streams in the order of the file, in lines such as ffprobe writes; but for their positions in it, which nothing tells. */
export async function packetsAround(
  run: Trial,
  indices: readonly number[],
  take: (line: string) => void,
): Promise<Diagnostics> {
  const maps = indices.flatMap((index) => ['-map', `0:${index}`]);
  const diagnostics = await ffmpegLines(
    run,
    [...maps, '-c', 'copy', '-copyinkf', '-f', 'framecrc', 'pipe:1'],
    (line) => {
      if (line.startsWith('#')) return;
      const [position, dts, pts, duration, , , flags] = line.split(',').map((field) => field.trim());
      const bits = flags?.startsWith('F=') === true ? Number(flags.slice(2)) : 1;
      const letters = FLAGS.map(({ bit, letter }) => ((bits & bit) === 0 ? '_' : letter)).join('');
      const known = [pts, dts, duration === '0' ? NO_TIME : duration].map((time) => (time === NO_TIME ? 'N/A' : time));
      take([indices[Number(position)], ...known, 'N/A', letters].join('|'));
    },
  );
  // What it complains of are also the streams that it cannot open.
  return { ...diagnostics, reason: '' };
}
