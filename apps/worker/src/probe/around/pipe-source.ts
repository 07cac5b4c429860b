import type { Readable } from 'node:stream';
import { TranscodeError } from '@transcode/contracts';
import { sourceArgv } from '@transcode/planner';
import type { Source } from '@transcode/storage';
import { causeOfDeath } from '../../ffmpeg/cause-of-death.ts';
import { startChild } from '../../ffmpeg/child-process.ts';
import { readDiagnostics } from '../../ffmpeg/diagnostics.ts';
import type { ChildLimits } from '../../ffmpeg/sandbox.ts';

/** By the names of their demuxers. NUT keeps times best, the others what is told of pictures. */
const MUXERS = {
  matroska: ['-f', 'matroska'],
  nut: ['-write_index', '0', '-f', 'nut'],
  mov: ['-movflags', 'frag_keyframe+empty_moov+delay_moov', '-f', 'mov'],
};

/** One stream of a source, copied into another container. */
export interface Piped {
  readonly ffmpeg: string;
  readonly streamIndex: number;
  readonly format: keyof typeof MUXERS;
}

/** NUT knows no times below zero: all of them are so much later, in seconds. */
export const PIPED_LEAD_SECONDS = 100;

interface PipeRequest {
  readonly source: Pick<Source, 'input' | 'protocols' | 'file'>;
  readonly demuxer: string;
  readonly isWithoutEdits: boolean | undefined;
  readonly piped: Piped;
  readonly limits: ChildLimits;
  readonly signal: AbortSignal;
}

interface SourcePipe {
  readonly output: Readable;
  /** Changes as it gets on. */
  moved(): string;
  /** Ends it, once its reader has ended. Resolves to what went wrong, unless that was only that nobody read on. */
  end(): Promise<TranscodeError | undefined>;
}

/** Has ffmpeg read a source, which opens no decoder for what it copies. */
export function pipeSource({ source, demuxer, isWithoutEdits, piped, limits, signal }: PipeRequest): SourcePipe {
  const enough = new AbortController();
  const child = startChild({
    ...{ file: piped.ffmpeg, limits, signal: AbortSignal.any([signal, enough.signal]) },
    stdin: source.file === undefined ? 'none' : { file: source.file },
    argv: [
      ...['-nostdin', '-hide_banner', '-loglevel', 'level+error', '-nostats', '-copyts'],
      ...sourceArgv({ demuxer, source: source.input, protocols: source.protocols, isWithoutEdits }),
      ...['-map', `0:${piped.streamIndex}`, '-c', 'copy', '-copyinkf'],
      ...['-output_ts_offset', String(PIPED_LEAD_SECONDS), ...MUXERS[piped.format], 'pipe:1'],
    ],
  });
  // Whoever started it hears of its failure when ending it.
  const ended = Promise.allSettled([child.exited, readDiagnostics(child.stderr, source.input)]);
  return {
    output: child.stdout,
    moved: () => child.moved([2]),
    end: async () => {
      // One that has not said all wrote to a reader that had seen enough.
      if (!child.stdout.readableEnded) enough.abort();
      const [exit, diagnostics] = await ended;
      if (exit.status === 'rejected') throw exit.reason;
      if (diagnostics.status === 'rejected') throw diagnostics.reason;
      if (exit.value.code === 0 || enough.signal.aborted) return undefined;
      const { tail, reason } = diagnostics.value;
      const unreadable = { reason: reason || 'nothing in it can be read' };
      return (
        causeOfDeath('ffmpeg', exit.value, { limits, diagnostics: diagnostics.value }) ??
        new TranscodeError('source_unreadable', unreadable, { tail })
      );
    },
  };
}
