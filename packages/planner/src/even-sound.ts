/**
 * A stream of sound that changes its channels or its rate in the middle has ffmpeg build the filters behind it anew, which then begin
 * again at zero. So each stream first goes through filters that make it even, into an output that nobody keeps, and what is decoded
 * from there (`[dec:N]`) goes through the filters that must not begin again. Filter graphs that feed each other would do, too, but
 * ffmpeg 9.0 loses what the second one has to say after the end of the first, such as silence.
 */
export function evenSoundArgv(streams: readonly { readonly streamIndex: number; readonly filter: string }[]): string[] {
  return [
    ...streams.flatMap(({ streamIndex, filter }) => [
      ...['-map', `0:${streamIndex}`, '-af', filter, '-c:a', 'pcm_f32le', '-f', 'null', '-'],
    ]),
    ...streams.flatMap((_, position) => ['-dec', `${position}:0`]),
  ];
}
