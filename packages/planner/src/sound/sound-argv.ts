import { BrokenInvariant, type AudioRendition, type Plan } from '@transcode/contracts';
import { processArgv } from '../process-argv.ts';
import { plannedSourceArgv } from '../source-argv.ts';

/** Sound is made by two processes: the first makes the streams of each rendition even, another one a rendition does the rest. */
export interface SoundArgv {
  /** One process for all renditions, which writes what each is made of to an output of its own. */
  readonly even: string[];
  /** One process a rendition. */
  readonly renditions: readonly string[][];
}

export interface SoundInputs {
  readonly source: string;
  readonly protocols: string;
  /** Where the even sound goes, one place a rendition, and where it is then read: paths, or `pipe:N`. */
  readonly even: {
    readonly outputs: readonly string[];
    readonly inputs: readonly string[];
    readonly protocol: 'pipe' | 'file';
  };
  /** One a rendition. */
  readonly outputs: readonly string[];
  readonly progress: string;
}

interface EvenSound {
  /** Of all streams of a rendition. */
  readonly filter: string;
  readonly codec: 'pcm_f32le' | 'pcm_s16le';
}

/**
 * What comes before the published zero is cut, but for so many seconds: a resampler or a gap may still need them. What is sent between
 * the two processes has whole seconds added to its times, as NUT knows none below zero.
 */
const LEAD_SECONDS = 2;

/**
 * A stream of sound that changes its channels or its rate in the middle has ffmpeg build the filters behind it anew, which then begin
 * again at zero. So a process of its own makes each stream even, with filters that remember nothing, and what it writes goes through
 * the filters that must not begin again. In one process this is no good: loopback decoders (`-dec`) can wait for each other for ever,
 * and of two graphs that feed each other the second loses what it has to say after the end of the first, such as silence.
 *
 * Each rendition has an output of its own and is read by a process of its own, so that none waits for another, however late it starts.
 */
export function evenSoundArgv(
  plan: Plan,
  { source, protocols, even, progress }: SoundInputs,
  sounds: readonly (EvenSound & { readonly rendition: AudioRendition })[],
): string[] {
  return [
    ...processArgv(progress),
    '-copyts',
    ...plannedSourceArgv(plan, { source, protocols }),
    ...sounds.flatMap(({ rendition, filter, codec }, position) => [
      ...streamsOf(rendition).flatMap((index) => ['-map', `0:${index}`]),
      ...['-af', `${filter},${betweenClock(plan, rendition)}`, '-c:a', codec],
      ...['-max_muxing_queue_size', '4096', '-f', 'nut', '-write_index', '0'],
      even.outputs[position] ?? missing(rendition),
    ]),
  ];
}

/** How a rendition's process reads what was made even, on the clock of the source. */
export function evenInputArgv(
  plan: Plan,
  { rendition, position }: { rendition: AudioRendition; position: number },
  { even }: SoundInputs,
): string[] {
  return [
    ...['-copyts', '-protocol_whitelist', even.protocol, '-format_whitelist', 'nut'],
    ...['-itsoffset', String(firstSecond(plan)), '-f', 'nut', '-i', even.inputs[position] ?? missing(rendition)],
  ];
}

/** The filters of a rendition's process: those of each stream's clock, and those behind the joint where it is made of several. */
export function soundGraph(
  rendition: AudioRendition,
  { clock, joined }: { clock: string; joined: string | undefined },
): string {
  const streams = streamsOf(rendition);
  if (joined === undefined) return `[0:0]${clock}[a]`;
  const clocks = streams.map((_, position) => `[0:${position}]${clock}[s${position}]`);
  return [...clocks, `${streams.map((_, position) => `[s${position}]`).join('')}${joined}[a]`].join(';');
}

function streamsOf({ streamIndex, furtherStreams }: AudioRendition): number[] {
  return [streamIndex, ...furtherStreams];
}

export function outputOf(
  { outputs }: SoundInputs,
  { rendition, position }: { rendition: AudioRendition; position: number },
): string {
  return outputs[position] ?? missing(rendition);
}

/** Samples that are counted say nothing of the time. */
function betweenClock(plan: Plan, { countedFromSeconds }: AudioRendition): string {
  return countedFromSeconds === undefined ? `asetpts=PTS-(${firstSecond(plan)})/TB,atrim=start=0` : 'asetpts=N';
}

function firstSecond({ grid }: Plan): number {
  return Math.floor(grid.zeroSeconds) - LEAD_SECONDS;
}

function missing({ name }: AudioRendition): never {
  throw new BrokenInvariant(`There is no place for the sound ${name}.`);
}
