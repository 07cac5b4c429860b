import type { DescribedStream } from '../described.ts';
import type { Programs } from '../programs.ts';
import { hearFfmpeg, type Trial } from '../try-ffmpeg.ts';

const STREAM = /^\[info\] {3}Stream #0:(\d+)(?:\[0x[0-9a-f]+\])?(?:\(([^)]*)\))?: (\w+)(?:: (\w+))?/;
const CODEC_TAG = /\((.{4}) \/ 0x[0-9A-F]+\)/;
/** Above the streams of one; those of none come last. */
const PROGRAM = /^\[info\] {3}(?:Program \d+|(No Program))/;
/** Below its stream. */
const TAG = /^\[info\] {7}(title|filename) *: (.*)$/;

/**
 * The streams of a source by the lines in which ffmpeg presents it, which it does whatever can be opened: what people are told of
 * them, not more. None where not all are there.
 */
export async function listStreams(run: Trial): Promise<{ streams: DescribedStream[]; programs: Programs }> {
  const streams = new Map<number, DescribedStream>();
  const programs: Set<number>[] = [];
  let program: Set<number> | undefined;
  let latest: DescribedStream | undefined;
  const hear = (line: string): void => {
    const [isProgram, none] = PROGRAM.exec(line) ?? [];
    if (isProgram !== undefined) {
      program = none === undefined ? new Set() : undefined;
      if (program !== undefined) programs.push(program);
    }
    const stream = streamIn(line);
    if (stream !== undefined) {
      program?.add(stream.index);
      // One that belongs to several programs comes with each.
      latest = streams.get(stream.index) ?? stream;
      streams.set(stream.index, latest);
    }
    const [, name, value] = TAG.exec(line) ?? [];
    if (latest?.tags !== undefined && name !== undefined && value !== undefined) latest.tags[name] ??= value;
  };
  // That it has nothing to do is its failure, always.
  await hearFfmpeg(run, { output: [], hear });
  // Those of programs come in the order of these.
  const listed = [...streams.values()].toSorted((a, b) => a.index - b.index);
  const areAll = listed.every(({ index }, position) => index === position);
  return { streams: areAll ? listed : [], programs };
}

function streamIn(line: string): DescribedStream | undefined {
  const [, index, language, type, codec = 'none'] = STREAM.exec(line) ?? [];
  if (type === undefined) return undefined;
  const codecTag = CODEC_TAG.exec(line)?.[1];
  return {
    index: Number(index),
    codec_type: type.toLowerCase(),
    ...(codec === 'none' ? {} : { codec_name: codec }),
    ...(codecTag === undefined ? {} : { codec_tag_string: codecTag }),
    time_base: '1/1',
    tags: language === undefined ? {} : { language },
  };
}
