import type { LeftOutStream, Probe } from '@transcode/contracts';
import { codecWords, languageWords, listed, rangesWords, streamWords } from './stream-words.ts';

type Kind = LeftOutStream['kind'] | 'subtitles';
type Left = Omit<LeftOutStream, 'kind'> & { readonly kind: Kind };

/** More of a kind are told in one sentence. */
const MOST_APART = 3;
/** Of what they are, so many are named. */
const MOST_NAMED = 4;

const WORDS: Readonly<Record<Kind, { one: string; many: string; isMany?: boolean }>> = {
  subtitles: { one: 'Subtitles', many: 'subtitles', isMany: true },
  picture: { one: 'The picture', many: 'pictures' },
  cover: { one: 'The cover picture', many: 'cover pictures' },
  sound: { one: 'The sound', many: 'sounds' },
  attachment: { one: 'The attached file', many: 'attached files' },
  data: { one: 'The data', many: 'streams of data', isMany: true },
};

/** What is in the source and not in the video: a sentence each, or one for many of a kind. */
export function leftOutNotes({
  subtitles,
  leftOut = [],
  video,
}: Pick<Probe, 'subtitles' | 'leftOut' | 'video'>): string[] {
  const all: Left[] = [...subtitles.map((each) => ({ ...each, kind: 'subtitles' as const })), ...leftOut];
  const groups = Map.groupBy(all, ({ kind, why }) => `${kind} ${why}`);
  return [...groups.values()].flatMap((group) =>
    group.length > MOST_APART
      ? [sumOf(group, video.index)]
      : group.toSorted((a, b) => a.index - b.index).map((stream) => sentenceOf(stream, video.index)),
  );
}

function sentenceOf(stream: Left, used: number): string {
  const { one, isMany = false } = WORDS[stream.kind];
  const what = `${one} in stream ${stream.index} (${streamWords(stream)})`;
  return `${what} ${isMany ? 'are' : 'is'} ${ending(stream, used)}`;
}

function sumOf(streams: readonly Left[], used: number): string {
  const [first] = streams;
  if (first === undefined) return '';
  const codecs = new Set(streams.map(({ codec }) => codecWords(codec)));
  const languages = new Set(
    streams.map(({ language }) => languageWords(language)).filter((each) => each !== undefined),
  );
  const named = [codecs, languages].filter(({ size }) => size > 0).map((words) => listed([...words], MOST_NAMED));
  const where = rangesWords(streams.map(({ index }) => index));
  return `${streams.length} ${WORDS[first.kind].many} in streams ${where} (${named.join('; ')}) are ${ending(first, used)}`;
}

function ending({ kind, why }: Left, used: number): string {
  if (why !== undefined) return `left out: ${why}.`;
  return kind === 'picture' ? `left out: that of stream ${used} is published.` : 'not published.';
}
