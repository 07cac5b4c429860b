import { SOURCE_LIMITS } from '@transcode/contracts';

export interface SourceInput {
  readonly demuxer: string;
  /** Comma list of the only protocols allowed. */
  readonly protocols: string;
  /** Path or URL. */
  readonly source: string;
}

/**
 * How a source is opened, by ffprobe and ffmpeg alike, so that both number its streams the same way.
 * Far enough is looked ahead for sound that starts late.
 */
export function sourceArgv({ demuxer, protocols, source }: SourceInput): string[] {
  return [
    // Containers can hold others, subtitles in AVI for one: those are not opened.
    ...['-protocol_whitelist', protocols, '-format_whitelist', demuxer],
    ...['-max_pixels', String(SOURCE_LIMITS.pixels), '-max_streams', String(SOURCE_LIMITS.streams * 4)],
    ...['-probesize', '67108864', '-analyzeduration', '30000000'],
    ...['-f', demuxer, '-i', source],
  ];
}
