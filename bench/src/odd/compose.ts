import { beepGraph, patternGraph } from '@transcode/testing/media';
import { composePieces } from './compose-pieces.ts';
import { perSecond, type Draft, type Sound } from './draft.ts';
import { encoderArgv, FORMATS, soundEncoder } from './formats.ts';
import type { Step } from './recipe.ts';

/** How the stored picture is turned, so that what the file says of it brings it upright again. */
const TURNS = {
  '90': { filter: 'transpose=clock', option: ['-display_rotation', '90'] },
  '180': { filter: 'hflip,vflip', option: ['-display_rotation', '180'] },
  '270': { filter: 'transpose=cclock', option: ['-display_rotation', '270'] },
  mirrored: { filter: 'hflip', option: ['-display_hflip'] },
} as const;
/** Every eleventh frame is missing, and the others come early or late by up to 8 ms. */
const VARIABLE = "select='not(eq(mod(n,11),4))',setpts='PTS+mod(N*7,5)*0.002/TB'";
const COVER = 'testsrc2=size=300x420:rate=1:duration=1';
const KEY = { key: '76a6c65c5ea762046bd749a2e632ccbb', id: 'a7e61c373e219033c21091fa607bf3b8' };

/** The steps that make a source. */
export function compose(draft: Draft, file: string): Step[] {
  if (draft.pieces !== undefined) return composePieces(draft, draft.pieces, file);
  const { ending } = FORMATS[draft.format];
  const more = copies(draft);
  const made = [...more.keys()].map((index) => `step-${index}.${ending}`);
  const targets = [...made, file];
  return [
    ...attachments(draft),
    { ffmpeg: [...mainArgv(draft), ...muxerOf(draft), targets[0] ?? file] },
    ...more.map((step, index) => step(targets[index] ?? '', targets[index + 1] ?? file)),
  ];
}

function mainArgv(draft: Draft): string[] {
  const { sounds, tracks, frames, rate, width, height } = draft;
  const hasPicture = draft.damage?.kind !== 'no picture';
  // Muxers take nothing before zero for what it is, so that it is the picture that begins later.
  const early = Math.max(0, ...sounds.map(({ delay }) => -delay));
  const inputs = [
    [...itsoffset(early), '-f', 'lavfi', '-i', patternGraph({ width, height, rate, frames })],
    ...sounds.map((sound) => [...itsoffset(sound.delay + early), '-f', 'lavfi', '-i', soundGraph(sound)]),
    ...(tracks.cover === true ? [['-f', 'lavfi', '-i', COVER]] : []),
    ...(tracks.subtitles === undefined ? [] : [['-i', 'words.srt']]),
  ];
  const cover = tracks.cover === true ? [`${sounds.length + 1}:v`] : [];
  const picture = hasPicture ? ['0:v'] : [];
  const sound = sounds.map((_, index) => `${index + 1}:a`);
  const words = tracks.subtitles === undefined ? [] : [`${inputs.length - 1}:s`];
  const order = tracks.soundFirst === true ? [...sound, ...cover, ...picture] : [...cover, ...picture, ...sound];
  return [
    ...inputs.flat(),
    ...[...order, ...words].flatMap((stream) => ['-map', stream]),
    ...(hasPicture ? pictureArgv(draft, cover.length) : []),
    ...sounds.flatMap(soundArgv),
    ...(tracks.subtitles === undefined ? [] : ['-c:s', tracks.subtitles]),
    ...Array.from({ length: tracks.fonts ?? 0 }, () => ['-attach', 'font.ttf']).flat(),
    ...(tracks.fonts === undefined ? [] : ['-metadata:s:t', 'mimetype=application/x-truetype-font']),
    ...(tracks.timecode === true ? ['-timecode', '01:00:00:00'] : []),
  ];
}

function itsoffset(seconds: number): string[] {
  return seconds === 0 ? [] : ['-itsoffset', String(Math.round(seconds * 1e6) / 1e6)];
}

/** A graph of beeps; that of a single side is named when it is encoded. */
function soundGraph({ seconds, rate, channels }: Sound): string {
  return beepGraph({ seconds, rate, channels: channels === 'FL' || channels === 'FR' ? 'mono' : channels });
}

function soundArgv({ codec, rate, channels, language }: Sound, index: number): string[] {
  const side = channels === 'FL' || channels === 'FR';
  return [
    ...[`-c:a:${index}`, soundEncoder(codec), `-ar:a:${index}`, String(rate)],
    ...(side ? [`-filter:a:${index}`, `pan=1c|c0=c0,aformat=channel_layouts=${channels}`] : []),
    ...(language === undefined ? [] : [`-metadata:s:a:${index}`, `language=${language}`]),
  ];
}

/** `position`: of the picture among those of the file. */
function pictureArgv(draft: Draft, position: number): string[] {
  const { codec, bFrames, stored, turn, dropped, isVariable, rate, pixelFormat } = draft;
  const filters = [
    ...(dropped.length === 0 ? [] : [`select='not(${dropped.map((number) => `eq(n,${number})`).join('+')})'`]),
    ...(isVariable ? [VARIABLE] : []),
    ...(stored === undefined ? [] : [`scale=${stored.width}:${stored.height}`, `setsar=${stored.aspect}`]),
    ...(turn === undefined ? [] : [TURNS[turn].filter]),
    `format=${pixelFormat ?? usualPixels(codec)}`,
  ];
  const isIso = ['mp4', 'fragmented', 'mov'].includes(draft.format);
  const options = [
    ...['-filter', filters.join(',')],
    ...encoderArgv(codec, bFrames),
    ...['-g', String(Math.max(1, Math.round(perSecond(rate))))],
    // Else some muxers have frames repeated where none is.
    ...(FORMATS[draft.format].clock === 'counted' ? [] : ['-fps_mode', 'passthrough']),
    // MPEG-4 has 16 bits for its ticks.
    ...(isVariable ? ['-enc_time_base', codec === 'mpeg4' ? '1/60000' : '1/90000'] : []),
    ...(codec === 'hevc' && isIso ? ['-tag', 'hvc1'] : []),
    ...metadataFilter(draft),
  ];
  return [
    ...(position === 0 ? [] : ['-c:v:0', 'mjpeg', '-disposition:v:0', 'default']),
    ...options.map((word, index) => (index % 2 === 0 ? `${word.replace(/:v$/, '')}:v:${position}` : word)),
    ...(isVariable && isIso ? ['-video_track_timescale', '90000'] : []),
  ];
}

export function usualPixels(codec: Draft['codec']): string {
  if (codec === 'mjpeg') return 'yuvj420p';
  if (codec === 'prores') return 'yuv422p10le';
  return codec === 'gif' ? 'rgb8' : 'yuv420p';
}

function muxerOf({ format, offset, damage }: Draft): string[] {
  const locked = ['-encryption_scheme', 'cenc-aes-ctr', '-encryption_key', KEY.key, '-encryption_kid', KEY.id];
  return [
    ...(damage?.kind === 'encrypted' ? locked : []),
    ...(offset === undefined ? [] : ['-output_ts_offset', String(offset)]),
    ...FORMATS[format].muxer,
  ];
}

/** What is done to the file once it is encoded, each from one file to the next. */
function copies({ turn, cut, rate, damage, format }: Draft): ((from: string, to: string) => Step)[] {
  const { muxer } = FORMATS[format];
  const cutSeconds = String((cut?.frames ?? 0) / perSecond(rate));
  return [
    ...(turn === undefined ? [] : [copy([...TURNS[turn].option], ['-map', '0', '-c', 'copy', ...muxer])]),
    ...(cut?.by === 'edit' ? [copy(['-ss', cutSeconds], ['-map', '0', '-c', 'copy', ...muxer])] : []),
    ...(cut?.by === 'negative'
      ? [
          copy(
            ['-itsoffset', `-${cutSeconds}`],
            ['-map', '0', '-c', 'copy', '-copyts', '-avoid_negative_ts', 'disabled', ...muxer],
          ),
        ]
      : []),
    ...(damage?.kind === 'truncated'
      ? [(from: string, to: string): Step => ({ first: damage.share, of: from, into: to })]
      : []),
  ];
}

function copy(before: readonly string[], behind: readonly string[]) {
  return (from: string, to: string): Step => ({ ffmpeg: [...before, '-i', from, ...behind, to] });
}

function attachments({ tracks }: Draft): Step[] {
  return [
    ...(tracks.fonts === undefined ? [] : [{ write: 'font.ttf', text: 'A font, for who does not look at it.\n' }]),
    ...(tracks.subtitles === undefined
      ? []
      : [{ write: 'words.srt', text: '1\n00:00:00,000 --> 00:00:01,000\nWhat is said.\n' }]),
  ];
}

/** Writes colour tags over the encoder's, so that what a file says is not what ffmpeg would make of it. */
function metadataFilter({ codec, tags }: Draft): string[] {
  if (tags === undefined) return [];
  const { primaries, transfer, matrix, isFull } = tags;
  const said = `colour_primaries=${primaries}:transfer_characteristics=${transfer}:matrix_coefficients=${matrix}`;
  return ['-bsf:v', `${codec}_metadata=${said}:video_full_range_flag=${isFull ? 1 : 0}`];
}
