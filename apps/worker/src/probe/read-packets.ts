import { SOURCE_LIMITS, TranscodeError } from '@transcode/contracts';
import { DEMUXERS } from '@transcode/planner';
import { ClockBudget, StreamClock, type Reached } from './clock/stream-clock.ts';
import { packetsAround, type SourceRun } from './around/read-around.ts';
import { probeLines } from './run-ffprobe.ts';

/** The times of one stream's packets, in ticks of its time base, in the order of the file. */
export interface PacketTimes {
  /** Presentation times where given, else NaN. */
  readonly pts: number[];
  readonly dts: number[];
  /** Positions in `pts` of key frames. */
  readonly keys: number[];
  /** The latest presentation time so far, and how long that frame is shown. */
  latest: number;
  lastDuration: number;
  /** What all of them say that they last. */
  durations: number;
  corrupt: number;
}

export interface Packets {
  readonly pictures: ReadonlyMap<number, PacketTimes>;
  /** Of every picture and every sound. */
  readonly clocks: ReadonlyMap<number, StreamClock>;
  /** Streams that have packets, of which an edit list discards all. */
  readonly emptied: readonly number[];
  /** Where in the file the furthest of them begins, in bytes; 0 where nothing tells. */
  readonly furthest: number;
  /** What ffprobe complained about while reading; empty if nothing. */
  readonly complaint: string;
}

/** Streams whose packets are read, and how long a tick of each is, in seconds. */
export interface ReadStreams {
  readonly pictures: ReadonlyMap<number, number>;
  readonly sounds: ReadonlyMap<number, number>;
}

const MOST_OTHERS = 8;
const SHOW = ['-show_entries', 'packet=stream_index,pts,dts,duration,pos,flags', '-of', 'compact=p=0:nk=1'];

/** Reads the times of all packets, a line at a time; packets that an edit list discards do not count. */
export async function readPackets(run: SourceRun, { pictures: wanted, sounds }: ReadStreams): Promise<Packets> {
  const pictures = new Map([...wanted.keys()].map((index) => [index, noTimes()]));
  const budget = new ClockBudget();
  const clocks = new Map([...wanted.keys(), ...sounds.keys()].map((index) => [index, new StreamClock(budget)]));
  // It says when pictures are shown, and what ffmpeg makes of that says not always rightly when they are decoded.
  if (run.demuxer === DEMUXERS.matroska)
    for (const index of wanted.keys()) clocks.set(index, new StreamClock(budget, { isReordered: true }));
  const shown = new Set<number>();
  let [count, furthest] = [0, 0];
  const take = (line: string): void => {
    count += 1;
    if (count > SOURCE_LIMITS.packets) throw tooMany('packets', SOURCE_LIMITS.packets);
    const [index, ...said] = line.split('|');
    const stream = Number(index);
    const clock = clocks.get(stream);
    if (clock === undefined) return;
    const [pts, dts, duration, position] = said.map(ticks) as [number, number, number, number];
    if (position > furthest) furthest = position;
    const flags = said[4] ?? '';
    const isDiscarded = flags.includes('D');
    const tick = wanted.get(stream) ?? sounds.get(stream) ?? NaN;
    if (isDiscarded) clock.packets += 1;
    else {
      shown.add(stream);
      const times = { shown: pts * tick, decoded: dts * tick, duration: duration * tick, position };
      clock.add(times, count, () => reachedBy(clocks, stream));
    }
    const picture = pictures.get(stream);
    if (picture === undefined || isDiscarded) return;
    if (picture.pts.length > SOURCE_LIMITS.frames) throw tooMany('pictures', SOURCE_LIMITS.frames);
    addFrame(picture, { pts, dts, duration, flags });
  };
  const { around } = run;
  const { reason } =
    around === undefined
      ? await probeLines(run, SHOW, take)
      : await packetsAround({ ...run, ...around }, [...clocks.keys()], take);
  const emptied = [...clocks].filter(([index, clock]) => clock.packets > 0 && !shown.has(index));
  return { pictures, clocks, emptied: emptied.map(([index]) => index), furthest, complaint: reason };
}

function noTimes(): PacketTimes {
  return { pts: [], dts: [], keys: [], latest: -Infinity, lastDuration: 0, durations: 0, corrupt: 0 };
}

/** Of the first few others: more tell nothing new, and where there are many they would fill memory. */
function reachedBy(clocks: ReadonlyMap<number, StreamClock>, but: number): Reached[] {
  return [...clocks].slice(0, MOST_OTHERS).flatMap(([index, clock]) => {
    const reached = index === but ? undefined : clock.reached();
    return reached === undefined ? [] : [reached];
  });
}

function tooMany(what: string, limit: number): TranscodeError {
  const most = `${limit.toLocaleString('en')} ${what}`;
  return new TranscodeError('source_too_large', { what: `more ${what} than can be counted here`, limit: most });
}

function addFrame(video: PacketTimes, packet: { pts: number; dts: number; duration: number; flags: string }): void {
  if (!(packet.pts < video.latest)) {
    video.lastDuration = packet.duration;
    if (!Number.isNaN(packet.pts)) video.latest = packet.pts;
  }
  if (packet.duration > 0) video.durations += packet.duration;
  if (packet.flags.startsWith('K')) video.keys.push(video.pts.length);
  if (packet.flags.includes('C')) video.corrupt += 1;
  video.pts.push(packet.pts);
  video.dts.push(packet.dts);
}

function ticks(text: string | undefined): number {
  return text === undefined || text === '' || text === 'N/A' ? NaN : Number(text);
}
