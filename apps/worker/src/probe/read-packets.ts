import { SOURCE_LIMITS, TranscodeError } from '@transcode/contracts';
import { probeLines, type Ffprobe } from './run-ffprobe.ts';

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
  corrupt: number;
}

/** Where sound starts and ends, in ticks. */
export interface SoundTimes {
  start: number;
  end: number;
  packets: number;
}

export interface Packets {
  readonly video: PacketTimes;
  readonly sound: ReadonlyMap<number, SoundTimes>;
  /** What ffprobe complained about while reading; empty if nothing. */
  readonly complaint: string;
}

const SHOW = ['-show_entries', 'packet=stream_index,pts,dts,duration,flags', '-of', 'compact=p=0:nk=1'];

/** Reads the times of all packets, a line at a time; packets that an edit list discards do not count. */
export async function readPackets(
  run: Ffprobe,
  streams: { video: number; sound: readonly number[] },
): Promise<Packets> {
  const video: PacketTimes = { pts: [], dts: [], keys: [], latest: -Infinity, lastDuration: 0, corrupt: 0 };
  const sound = new Map<number, SoundTimes>(
    streams.sound.map((index) => [index, { start: Infinity, end: -Infinity, packets: 0 }]),
  );
  let count = 0;
  const { reason } = await probeLines(run, SHOW, (line) => {
    count += 1;
    if (count > SOURCE_LIMITS.packets) throw tooMany('packets', SOURCE_LIMITS.packets);
    if (video.pts.length > SOURCE_LIMITS.frames) throw tooMany('pictures', SOURCE_LIMITS.frames);
    const [index, pts, dts, duration, flags = ''] = line.split('|');
    if (flags.includes('D')) return;
    const stream = Number(index);
    if (stream === streams.video)
      addFrame(video, { pts: ticks(pts), dts: ticks(dts), duration: ticks(duration), flags });
    else addSound(sound.get(stream), ticks(pts), ticks(dts), ticks(duration));
  });
  return { video, sound, complaint: reason };
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
  if (packet.flags.startsWith('K')) video.keys.push(video.pts.length);
  if (packet.flags.includes('C')) video.corrupt += 1;
  video.pts.push(packet.pts);
  video.dts.push(packet.dts);
}

function addSound(sound: SoundTimes | undefined, pts: number, dts: number, duration: number): void {
  if (sound === undefined) return;
  sound.packets += 1;
  const start = Number.isNaN(pts) ? dts : pts;
  if (Number.isNaN(start)) return;
  sound.start = Math.min(sound.start, start);
  sound.end = Math.max(sound.end, start + (Number.isNaN(duration) ? 0 : duration));
}

function ticks(text: string | undefined): number {
  return text === undefined || text === '' || text === 'N/A' ? NaN : Number(text);
}
