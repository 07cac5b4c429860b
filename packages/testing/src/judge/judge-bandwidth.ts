import type { Published, PublishedTrack } from './published.ts';

const peak = (track: PublishedTrack) =>
  Math.max(...track.segments.map((segment) => (segment.bytes * 8) / segment.seconds));

function average(track: PublishedTrack): number {
  const bytes = track.segments.reduce((sum, segment) => sum + segment.bytes, 0);
  const seconds = track.segments.reduce((sum, segment) => sum + segment.seconds, 0);
  return (bytes * 8) / seconds;
}

/**
 * BANDWIDTH is at least the measured peak and at most 10 % more, AVERAGE-BANDWIDTH within 10 %, of the picture with the dearest
 * sound of its group (RFC 8216, 4.3.4.2). Peaks are of whole segments; those under half a target duration do not count alone.
 */
export function judgeBandwidth(published: Published): string[] {
  const audioPeak = Math.max(0, ...published.audio.map((audio) => peak(audio.track)));
  const audioAverage = Math.max(0, ...published.audio.map((audio) => average(audio.track)));
  return published.variants.flatMap((variant) => {
    const complaints: string[] = [];
    const wantedPeak = longPeak(variant.track) + audioPeak;
    if (variant.bandwidth < wantedPeak * 0.999 || variant.bandwidth > (peak(variant.track) + audioPeak) * 1.1 + 1000) {
      complaints.push(`${variant.track.uri}: BANDWIDTH ${variant.bandwidth}, measured ${Math.round(wantedPeak)}`);
    }
    const wantedAverage = average(variant.track) + audioAverage;
    if (Math.abs(variant.averageBandwidth / wantedAverage - 1) > 0.1) {
      complaints.push(
        `${variant.track.uri}: AVERAGE-BANDWIDTH ${variant.averageBandwidth}, measured ${Math.round(wantedAverage)}`,
      );
    }
    return complaints;
  });
}

function longPeak(track: PublishedTrack): number {
  const target = Math.max(...track.segments.map((segment) => segment.seconds));
  const long = track.segments.filter((segment) => segment.seconds >= target / 2);
  return Math.max(...long.map((segment) => (segment.bytes * 8) / segment.seconds));
}
