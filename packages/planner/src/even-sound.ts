interface EvenSound {
  /** Goes behind the source. */
  readonly argv: readonly string[];
  /** What the filters of each stream begin with. */
  readonly inputs: readonly string[];
}

/**
 * A stream of sound that changes its channels or its rate in the middle has ffmpeg build the filters behind it anew, which then begin
 * again at zero. So each stream first goes through filters that make it even, into an output that nobody keeps, and what is decoded
 * from there (`[dec:N]`) goes through the filters that must not begin again. Filter graphs that feed each other would do, too, but
 * ffmpeg 9.0 loses what the second one has to say after the end of the first, such as silence.
 *
 * An ffmpeg before 7.1 has no such decoders: there all are one graph, and sound that changes is refused later.
 */
export function evenSound(
  streams: readonly { readonly streamIndex: number; readonly filter: string }[],
  { hasLoopback }: { readonly hasLoopback: boolean },
): EvenSound {
  if (!hasLoopback)
    return { argv: [], inputs: streams.map(({ streamIndex, filter }) => `[0:${streamIndex}]${filter},`) };
  const outputs = streams.flatMap(({ streamIndex, filter }) => [
    ...['-map', `0:${streamIndex}`, '-af', filter, '-c:a', 'pcm_f32le', '-f', 'null', '-'],
  ]);
  const decoders = streams.flatMap((_, position) => ['-dec', `${position}:0`]);
  return { argv: [...outputs, ...decoders], inputs: streams.map((_, position) => `[dec:${position}]`) };
}
