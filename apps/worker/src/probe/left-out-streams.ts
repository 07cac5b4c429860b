import type { LeftOutStream } from '@transcode/contracts';
import type { DescribedStream } from './described.ts';
import { languageOf, titleOf } from './plain-text.ts';

interface Used {
  readonly streams: readonly DescribedStream[];
  /** Their places among the streams. */
  readonly video: number;
  readonly audio: readonly number[];
  /** Pictures that stand alone. */
  readonly stills: ReadonlySet<number>;
  /** Why a stream is not used that could be one of them; a sentence's end. */
  readonly why: (stream: DescribedStream) => string | undefined;
}

/** Of QuickTime, which calls them all data; hints for streaming and tables of broadcasters mean nothing to people. */
const DATA_TAGS: Readonly<Record<string, string>> = {
  text: 'chapters',
  tmcd: 'tmcd',
  gpmd: 'gpmd',
  camm: 'camm',
  mebx: 'mebx',
};
const MEANINGLESS = new Set(['rtp ', 'hint', 'epg', 'dvbau']);

/** Every stream of a source that its video will not have, but for subtitles, which have a list of their own. */
export function leftOutStreams({ streams, video, audio, stills, why }: Used): LeftOutStream[] {
  return streams.flatMap((stream): LeftOutStream[] => {
    const { index } = stream;
    if (index === video || audio.includes(index)) return [];
    const described = { index, ...words(stream) };
    switch (stream.codec_type) {
      case 'subtitle':
        return [];
      case 'video':
        return [{ ...described, kind: stills.has(index) ? 'cover' : 'picture', ...reason(why(stream)) }];
      case 'audio':
        return [{ ...described, kind: 'sound', ...reason(why(stream)) }];
      case 'attachment':
        return [{ ...described, kind: 'attachment' }];
      case undefined:
      default: {
        const { codec_tag_string: tag = '', codec_name: name = '' } = stream;
        if (MEANINGLESS.has(tag) || MEANINGLESS.has(name)) return [];
        return [{ ...described, kind: 'data', codec: DATA_TAGS[tag] ?? described.codec }];
      }
    }
  });
}

function words({
  codec_name: codec = 'unknown',
  tags,
}: DescribedStream): Pick<LeftOutStream, 'codec' | 'language' | 'title'> {
  const language = languageOf(tags);
  const title = titleOf(tags);
  return { codec, ...(language === undefined ? {} : { language }), ...(title === undefined ? {} : { title }) };
}

function reason(why: string | undefined): Pick<LeftOutStream, 'why'> {
  return why === undefined ? {} : { why };
}
