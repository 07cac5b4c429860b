import type { VideoStream } from '@transcode/contracts';

/**
 * Deinterlaces at frame rate with the field order as probed. ffmpeg has turned the picture upright before our filters see it, so a
 * quarter turn is undone around the filter, and where top and bottom changed places the fields did too.
 */
export function deinterlaceFilter(video: VideoStream): string[] {
  if (video.scan === 'progressive') return [];
  const upsideDown = video.mirrored ? video.rotation === 0 : video.rotation === 180;
  const bwdif = deinterlaceAsCoded(upsideDown ? opposite(video.scan) : video.scan);
  if (video.rotation === 90) return around(bwdif, video.mirrored ? 'cclock_flip' : 'clock');
  if (video.rotation === 270) return around(bwdif, video.mirrored ? 'clock_flip' : 'cclock');
  return bwdif;
}

/** The same for a picture that was not turned. */
export function deinterlaceAsCoded(scan: VideoStream['scan']): string[] {
  return scan === 'progressive' ? [] : [`bwdif=mode=send_frame:parity=${scan}:deint=all`];
}

function opposite(scan: 'tff' | 'bff'): 'tff' | 'bff' {
  return scan === 'tff' ? 'bff' : 'tff';
}

/** `turn` is what ffmpeg did; flips by a diagonal undo themselves. */
function around(filters: string[], turn: 'clock' | 'cclock' | 'clock_flip' | 'cclock_flip'): string[] {
  const undo = turn === 'clock' ? 'cclock' : turn === 'cclock' ? 'clock' : turn;
  return [`transpose=${undo}`, ...filters, `transpose=${turn}`];
}
