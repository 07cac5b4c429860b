import type { AudioRendition, VideoRendition } from '@transcode/contracts';

/** The text whose hash is the encoder fingerprint: two chunks of one rendition fit together only if theirs are equal. */
export function encoderIdentity(ffmpegBuild: string, rendition: VideoRendition | AudioRendition): string {
  const encoder = rendition.kind === 'video' ? rendition.encoder : { name: 'aac', options: rendition.options };
  const shape =
    rendition.kind === 'video' ? [rendition.width, rendition.height] : [rendition.channels, rendition.sampleRate];
  return JSON.stringify([ffmpegBuild, encoder.name, encoder.options, shape]);
}
