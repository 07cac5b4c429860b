import { measureBitRates } from '../bit-rates.ts';
import type { Publication, PublishedAudio, PublishedVideo } from '../published-rendition.ts';

/** The variant that a player without knowledge of the line starts with: the best that is not above this, in bits per second. */
const FIRST_VARIANT_BIT_RATE = 2_200_000;
const AUDIO_GROUP = 'audio';

/** `master.m3u8`: every rendition of the picture with the one group of sound. */
export function masterPlaylist(publication: Publication): string {
  const { video, audio } = publication;
  const variants = withStartFirst(video);
  const lines = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...audio.map(audioTag),
    ...variants.flatMap((variant) => [variantTag(publication, variant), `${variant.planned.name}/index.m3u8`]),
    ...variants.map((variant) => iframeTag(variant)),
  ];
  return `${lines.join('\n')}\n`;
}

/** What a player fetches at most and on average for a variant: its picture, and the largest sound of the group. */
export function variantBitRates(
  publication: Publication,
  variant: PublishedVideo,
): { readonly peak: number; readonly average: number } {
  const { audio } = publication;
  return {
    peak: variant.rates.peak + audio.reduce((most, { rates }) => Math.max(most, rates.peak), 0),
    average: variant.rates.average + audio.reduce((most, { rates }) => Math.max(most, rates.average), 0),
  };
}

function withStartFirst(video: readonly PublishedVideo[]): PublishedVideo[] {
  const highestFirst = video.toSorted((a, b) => b.planned.bitRate - a.planned.bitRate);
  const start = highestFirst.find(({ planned }) => planned.bitRate <= FIRST_VARIANT_BIT_RATE) ?? highestFirst.at(-1);
  return start === undefined ? [] : [start, ...highestFirst.filter((variant) => variant !== start)];
}

function audioTag({ planned }: PublishedAudio): string {
  return `#EXT-X-MEDIA:${attributes({
    TYPE: 'AUDIO',
    'GROUP-ID': quoted(AUDIO_GROUP),
    NAME: quoted(planned.label),
    ...(planned.language === 'und' ? {} : { LANGUAGE: quoted(planned.language) }),
    DEFAULT: planned.isDefault ? 'YES' : 'NO',
    AUTOSELECT: 'YES',
    CHANNELS: quoted(String(planned.channels)),
    URI: quoted(`${planned.name}/index.m3u8`),
  })}`;
}

function variantTag(publication: Publication, variant: PublishedVideo): string {
  const rates = variantBitRates(publication, variant);
  const { rate } = publication.plan.grid;
  const codecs = new Set([variant.codec, ...publication.audio.map(({ codec }) => codec)]);
  return `#EXT-X-STREAM-INF:${attributes({
    BANDWIDTH: rates.peak,
    'AVERAGE-BANDWIDTH': rates.average,
    CODECS: quoted([...codecs].join(',')),
    RESOLUTION: `${variant.planned.width}x${variant.planned.height}`,
    'FRAME-RATE': (rate.num / rate.den).toFixed(3),
    'VIDEO-RANGE': 'SDR',
    ...(publication.audio.length === 0 ? {} : { AUDIO: quoted(AUDIO_GROUP) }),
    'CLOSED-CAPTIONS': 'NONE',
  })}`;
}

function iframeTag(variant: PublishedVideo): string {
  const rates = measureBitRates(
    variant.segments.flatMap(({ keyPictures }) => keyPictures),
    variant.timescale,
  );
  return `#EXT-X-I-FRAME-STREAM-INF:${attributes({
    BANDWIDTH: rates.peak,
    'AVERAGE-BANDWIDTH': rates.average,
    CODECS: quoted(variant.codec),
    RESOLUTION: `${variant.planned.width}x${variant.planned.height}`,
    'VIDEO-RANGE': 'SDR',
    URI: quoted(`${variant.planned.name}/iframes.m3u8`),
  })}`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}

/** Labels come from uploaded files: neither quotes nor line breaks may end the string early. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '”').replaceAll(/\p{Cc}+/gu, ' ')}"`;
}
