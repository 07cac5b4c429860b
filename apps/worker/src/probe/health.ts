import type { VideoStream } from '@transcode/contracts';
import { toNumber } from '@transcode/planner';
import type { DescribedStream } from './described.ts';
import { saysAlpha } from './picture/first-decodable.ts';
import type { PacketTimes } from './read-packets.ts';

export interface HealthFindings {
  readonly streams: readonly DescribedStream[];
  readonly video: VideoStream;
  readonly packets: { readonly video: PacketTimes; readonly complaint: string; readonly furthest: number };
  /** Of all of the source. */
  readonly bytes: number;
  readonly undecodable: number;
  readonly isWithoutEdits: boolean;
}

/** Sentences about what is unusual in a source that is not refused. */
export function health({ streams, video, packets, bytes, undecodable, isWithoutEdits }: HealthFindings): string[] {
  const places = Math.round((video.endSeconds - video.startSeconds) * toNumber(video.rate));
  const missing = video.rateKind === 'constant' ? places - video.frames : 0;
  const stream = streams[video.index];
  const isAlphaLost = stream !== undefined && saysAlpha(stream) && !video.hasAlpha;
  const dolby = stream?.side_data_list?.find((data) => data.dv_profile === 5);
  return [
    ...(isWithoutEdits
      ? ['The edits that the file asks for would leave nothing of its picture or a sound; none is made.']
      : []),
    ...(undecodable > 0
      ? [`${plural(undecodable, 'frame')} left out at the start, where nothing can be decoded.`]
      : []),
    ...(missing > 0 ? [`${plural(missing, 'frame')} missing from the constant rate; the one before is held.`] : []),
    ...(packets.video.corrupt > 0 ? [`${plural(packets.video.corrupt, 'frame')} marked as damaged.`] : []),
    ...disorder(packets, bytes),
    ...(isAlphaLost
      ? ['The file says that the picture is transparent in parts, of which nothing can be decoded here.']
      : []),
    ...(dolby ? ['The picture is Dolby Vision of a kind without a plain base; its colours will be off.'] : []),
  ];
}

/** What ffmpeg says where another Ogg of other streams follows one in the same file: there it ends. */
const CHAINED = 'failed to create or replace stream';

function disorder({ complaint, furthest }: HealthFindings['packets'], bytes: number): string[] {
  if (complaint === '') return [];
  if (!complaint.includes(CHAINED) || furthest === 0) return [`The file is not in order: ${complaint}.`];
  const share = Math.max(1, Math.round((1 - furthest / bytes) * 100));
  return [
    `The file is several recordings in a row; after the one that is published no more could be read, which is about ${share} % of its bytes.`,
  ];
}

function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun} is` : `${count} ${noun}s are`;
}
