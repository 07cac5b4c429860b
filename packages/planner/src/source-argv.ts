import { SOURCE_LIMITS, type PictureDecoder, type Plan, type StreamJumps } from '@transcode/contracts';

export interface SourceInput {
  readonly demuxer: string;
  /** Comma list of the only protocols allowed. */
  readonly protocols: string;
  /** Path or URL. */
  readonly source: string;
  /** Of streams whose clock jumps. */
  readonly clock?: readonly StreamJumps[] | undefined;
  /** Of an MP4 or MOV no edit is carried out. */
  readonly isWithoutEdits?: boolean | undefined;
  /** Of a stream that is not for the decoder which ffmpeg chooses. */
  readonly decoded?: { readonly streamIndex: number; readonly by: PictureDecoder } | undefined;
}

/**
 * How a source is opened, by ffprobe and ffmpeg alike, so that both number its streams the same way.
 * Far enough is looked ahead for sound that starts late.
 */
export function sourceArgv({ demuxer, protocols, source, clock = [], isWithoutEdits, decoded }: SourceInput): string[] {
  return [
    // Containers can hold others, subtitles in AVI for one: those are not opened.
    ...['-protocol_whitelist', protocols, '-format_whitelist', demuxer],
    ...['-max_pixels', String(SOURCE_LIMITS.pixels), '-max_streams', String(SOURCE_LIMITS.streamsOpened)],
    ...['-probesize', '67108864', '-analyzeduration', '30000000'],
    ...clock.flatMap(({ streamIndex, jumps }) => [
      `-bsf:${streamIndex}`,
      `setts=pts='${onOneClock('PTS', jumps)}':dts='${onOneClock('DTS', jumps)}'`,
    ]),
    // It keeps the times at which streams begin, by which sound and picture go together; `ignore_editlist` loses them.
    ...(isWithoutEdits === true ? ['-advanced_editlist', '0'] : []),
    ...(decoded === undefined ? [] : [`-c:${decoded.streamIndex}`, decoded.by]),
    ...['-f', demuxer, '-i', source],
  ];
}

/** The same for those who carry a plan out, or compare with what it made. */
export function plannedSourceArgv(
  { demuxer, clock, isWithoutEdits, decoder, videoStreamIndex }: Plan,
  { source, protocols }: Pick<SourceInput, 'source' | 'protocols'>,
): string[] {
  const decoded = decoder && { streamIndex: videoStreamIndex, by: decoder };
  return sourceArgv({ source, protocols, demuxer, clock, isWithoutEdits, decoded });
}

/** ffmpeg's expression for a packet's times: `N` counts the packets of the stream. */
function onOneClock(time: 'PTS' | 'DTS', jumps: StreamJumps['jumps']): string {
  const added = jumps.map(({ fromPacket, ticks }) => `${ticks < 0 ? '-' : '+'}${Math.abs(ticks)}*gte(N,${fromPacket})`);
  return `if(eq(${time},NOPTS),NOPTS,${time}${added.join('')})`;
}

/** Before the source whose picture the reference filter is for. */
export function turnArgv({ isTurnedByFilter }: Plan): string[] {
  return isTurnedByFilter ? ['-noautorotate'] : [];
}
