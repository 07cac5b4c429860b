import type { LeftOutStream } from '@transcode/contracts';
import { languageName, languageTag } from '../sound/language.ts';

/** What people call codecs, by ffmpeg's names. */
const CODECS: Readonly<Record<string, string>> = {
  ...{ subrip: 'SubRip', ass: 'ASS', ssa: 'SSA', mov_text: 'MPEG-4 timed text', webvtt: 'WebVTT', ttml: 'TTML' },
  ...{ dvd_subtitle: 'DVD', hdmv_pgs_subtitle: 'Blu-ray PGS', dvb_subtitle: 'DVB', dvb_teletext: 'teletext' },
  ...{ eia_608: 'CEA-608 captions', xsub: 'DivX', arib_caption: 'ARIB captions', text: 'plain text' },
  ...{ h264: 'H.264', hevc: 'HEVC', mpeg1video: 'MPEG-1', mpeg2video: 'MPEG-2', mpeg4: 'MPEG-4', prores: 'ProRes' },
  ...{ mjpeg: 'JPEG', png: 'PNG', bmp: 'BMP', gif: 'GIF', vp8: 'VP8', vp9: 'VP9', av1: 'AV1', theora: 'Theora' },
  ...{ aac: 'AAC', ac3: 'AC-3', eac3: 'E-AC-3', ac4: 'AC-4', mp2: 'MP2', mp3: 'MP3', opus: 'Opus', vorbis: 'Vorbis' },
  ...{ flac: 'FLAC', alac: 'ALAC', dts: 'DTS', truehd: 'TrueHD', wmav2: 'WMA', wmapro: 'WMA Pro' },
  ...{ ttf: 'TrueType font', otf: 'OpenType font', klv: 'KLV metadata', scte_35: 'SCTE-35 cue points' },
  ...{ timed_id3: 'timed ID3 tags', bin_data: 'binary', tmcd: 'time code', gpmd: 'GoPro telemetry' },
  ...{ camm: 'camera motion', mebx: 'timed metadata', chapters: 'chapter titles', unknown: 'of an unknown kind' },
};

export function codecWords(codec: string): string {
  return CODECS[codec] ?? (codec.startsWith('pcm_') ? 'PCM' : codec);
}

/** `SubRip, English, "Signs"`. */
export function streamWords({ codec, language, title }: Pick<LeftOutStream, 'codec' | 'language' | 'title'>): string {
  const spoken = languageWords(language);
  return [
    codecWords(codec),
    ...(spoken === undefined ? [] : [spoken]),
    ...(title === undefined ? [] : [`"${title}"`]),
  ].join(', ');
}

export function languageWords(language: string | undefined): string | undefined {
  const tag = languageTag(language);
  return tag === 'und' ? undefined : (languageName(tag) ?? tag);
}

/** `2, 5 and 7 to 12`. */
export function rangesWords(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return listed(ranges.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`)));
}

/** `English, French and 4 more`, where there are many. */
export function listed(words: readonly string[], most = Infinity): string {
  const shown = words.length > most ? [...words.slice(0, most - 1), `${words.length - most + 1} more`] : words;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
