import { SOURCE_LIMITS, type AudioStream, type Container } from '@transcode/contracts';
import type { SoundTimes } from '../clock/sound-times.ts';
import type { Trial } from '../try-ffmpeg.ts';
import { countSamples } from './count-samples.ts';
import { describeAudio } from './describe-audio.ts';
import type { DescribedStream } from '../described.ts';
import { isOfAnotherProgram, type Programs } from '../programs.ts';
import { sideBySide } from './side-by-side.ts';
import { trySounds } from './try-sounds.ts';

interface Broadcast {
  /** All of the file. */
  readonly streams: readonly DescribedStream[];
  readonly programs: Programs;
}

interface Sounds extends Broadcast {
  readonly container: Container;
  /** The number of the picture that they are heard with. */
  readonly picture: number;
  readonly times: ReadonlyMap<number, SoundTimes>;
  /** By so much sound that is counted begins later than its own times say. */
  readonly lateSeconds: number;
}

/** The streams of sound that a video of one of these pictures can have. */
export function soundsFor({ streams, programs }: Broadcast, pictures: readonly DescribedStream[]): DescribedStream[] {
  const heard = new Set(pictures.flatMap(({ index }) => soundsOf({ streams, programs }, index).taken));
  return streams.filter((stream) => heard.has(stream));
}

/** Those that a video of this picture can have, those that are too many, and those that are sent with another picture. */
function soundsOf(
  { streams, programs }: Broadcast,
  picture: number,
): Record<'taken' | 'beyond' | 'elsewhere', readonly DescribedStream[]> {
  const all = ofSound(streams);
  const elsewhere = all.filter(({ index }) => isOfAnotherProgram(programs, index, picture));
  const own = all.filter((stream) => !elsewhere.includes(stream));
  const most = SOURCE_LIMITS.audioStreams;
  return { taken: own.slice(0, most), beyond: own.slice(most), elsewhere };
}

export function ofSound(streams: readonly DescribedStream[]): DescribedStream[] {
  return streams.filter(({ codec_type: type }) => type === 'audio');
}

/** The streams of sound that can be published, and why each other one cannot, as a sentence's end. */
export async function usableSounds(
  run: Trial,
  { container, streams, programs, picture, times, lateSeconds }: Sounds,
): Promise<{ audio: AudioStream[]; unusable: Map<number, string> }> {
  const unusable = new Map<number, string>();
  const described: AudioStream[] = [];
  const { taken, beyond, elsewhere } = soundsOf({ streams, programs }, picture);
  for (const stream of taken) {
    const sound = describeAudio(stream, times.get(stream.index));
    if (sound !== undefined) described.push(sound);
    else unusable.set(stream.index, whyNot(stream, times.get(stream.index)));
  }
  const failed = await trySounds(run, described);
  const counted = new Map<number, AudioStream>();
  const uncounted = described.filter(({ index, isCounted }) => isCounted === true && !failed.has(index));
  await sideBySide(run, uncounted, async (sound, each) => {
    const found = await countSamples(each, container, sound);
    if (typeof found === 'string') failed.set(sound.index, found);
    else counted.set(sound.index, later(found, lateSeconds));
  });
  for (const [index, complaint] of failed) unusable.set(index, complaint);
  const audio = described.filter(({ index }) => !failed.has(index)).map((sound) => counted.get(sound.index) ?? sound);
  for (const { index } of elsewhere) unusable.set(index, 'it belongs to another programme of the broadcast');
  for (const { index } of beyond) unusable.set(index, `a video has at most ${SOURCE_LIMITS.audioStreams} sounds`);
  return { audio, unusable };
}

function whyNot({ codec_name: codec }: DescribedStream, times: SoundTimes | undefined): string {
  if (times === undefined || times.packets === 0) return 'it is empty';
  if (codec === undefined || codec === 'unknown') return 'its codec is not known here';
  return 'it says nothing of its channels, its rate or its times';
}

function later(sound: AudioStream, seconds: number): AudioStream {
  return { ...sound, startSeconds: sound.startSeconds + seconds, endSeconds: sound.endSeconds + seconds };
}
