import { Readable } from 'node:stream';
import type { SoundArgv, SoundInputs } from '@transcode/planner';
import { inputPipe, outputPipe, PROGRESS_PIPE, runFfmpeg, type FfmpegResult, type FfmpegRun } from './run-ffmpeg.ts';

export interface SoundRun<T> extends Omit<FfmpegRun<T>, 'argv' | 'outputs' | 'inputs' | 'consume'> {
  readonly source: NonNullable<FfmpegRun<T>['source']> & Pick<SoundInputs, 'protocols'>;
  /** Builds the arguments of all processes for these places. */
  argv(io: SoundInputs): SoundArgv;
  /** How many renditions there are. */
  readonly renditions: number;
  /** Reads what comes of a rendition to its end. If it fails, all are stopped, and `signal` tells those that go on. */
  consume(output: Readable, at: { position: number; signal: AbortSignal }): Promise<T>;
}

/**
 * Runs the processes that make sound: one that reads the source, and one for each rendition that reads what the first writes for it.
 * They are a tree, of which each branch is read as fast as it comes, so none waits for another. Whatever fails first is what is thrown,
 * and all have ended by then.
 */
export async function runSound<T>(run: SoundRun<T>): Promise<FfmpegResult<T[]>> {
  const { source, renditions } = run;
  const places = Array.from({ length: renditions }, (_, position) => position);
  const argv = run.argv({
    ...{ source: source.input, protocols: source.protocols, progress: PROGRESS_PIPE },
    even: {
      outputs: places.map(outputPipe),
      inputs: places.map(() => inputPipe(0, { outputs: 1, source: false })),
      protocol: 'pipe',
    },
    outputs: places.map(() => outputPipe(0)),
  });
  const stop = new AbortController();
  const signal = AbortSignal.any([run.signal, stop.signal]);
  const branch = ({ input, position }: { input: Readable; position: number }): Promise<FfmpegResult<T>> =>
    runFfmpeg({
      ...{ ffmpeg: run.ffmpeg, argv: argv.renditions[position] ?? [], outputs: 1, signal },
      // A child's pipe is read by iterating over it.
      inputs: [Readable.from(input, { objectMode: false })],
      ...(run.mediaSeconds === undefined ? {} : { mediaSeconds: run.mediaSeconds }),
      ...(run.cwd === undefined ? {} : { cwd: run.cwd }),
      ...(run.log === undefined ? {} : { log: run.log }),
      consume: ([output]) => run.consume(output ?? Readable.from([]), { position, signal }),
    });
  const { value: branches, ...spent } = await runFfmpeg({
    ...{ ...run, argv: argv.even, outputs: renditions },
    consume: async (inputs) => {
      const ended = await Promise.allSettled(
        inputs.map((input, position) =>
          branch({ input, position }).catch((error: unknown) => {
            stop.abort(error);
            throw error;
          }),
        ),
      );
      stop.signal.throwIfAborted();
      return ended.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    },
  });
  return {
    ...spent,
    value: branches.map(({ value }) => value),
    cpuSeconds: branches.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, spent.cpuSeconds),
  };
}
