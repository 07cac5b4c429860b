import type { AudioStream, VideoStream } from '@transcode/contracts';
import { toNumber } from '@transcode/planner';
import type { DescribedStream } from './described.ts';
import type { Packets } from './read-packets.ts';

export interface HealthFindings {
  readonly streams: readonly DescribedStream[];
  readonly video: VideoStream;
  readonly audio: readonly AudioStream[];
  readonly packets: Packets;
  readonly undecodable: number;
}

/** Sentences about what is unusual in a source that is not refused. */
export function health({ streams, video, audio, packets, undecodable }: HealthFindings): string[] {
  const pictures = streams.filter((stream) => stream.codec_type === 'video' && !isStill(stream)).length;
  const sounds = streams.filter((stream) => stream.codec_type === 'audio').length;
  const places = Math.round((video.endSeconds - video.startSeconds) * toNumber(video.rate));
  const missing = video.rateKind === 'constant' ? places - video.frames : 0;
  const dolby = streams[video.index]?.side_data_list?.find((data) => data.dv_profile === 5);
  return [
    ...(pictures > 1 ? [`The file has ${pictures} pictures; stream ${video.index} is used.`] : []),
    ...(sounds > audio.length
      ? [`${plural(sounds - audio.length, 'sound stream')} left out, being empty or unknown.`]
      : []),
    ...(undecodable > 0
      ? [`${plural(undecodable, 'frame')} left out at the start, where nothing can be decoded.`]
      : []),
    ...(missing > 0 ? [`${plural(missing, 'frame')} missing from the constant rate; the one before is held.`] : []),
    ...(packets.video.corrupt > 0 ? [`${plural(packets.video.corrupt, 'frame')} marked as damaged.`] : []),
    ...(packets.complaint === '' ? [] : [`The file is not in order: ${packets.complaint}.`]),
    ...(dolby ? ['The picture is Dolby Vision of a kind without a plain base; its colours will be off.'] : []),
  ];
}

/** A cover or thumbnail. */
export function isStill({ disposition }: DescribedStream): boolean {
  return disposition?.['attached_pic'] === 1 || disposition?.['timed_thumbnails'] === 1;
}

function plural(count: number, noun: string): string {
  return count === 1 ? `1 ${noun} is` : `${count} ${noun}s are`;
}
