import { BrokenInvariant, resolutionOf, type ChunkIndex, type Plan } from '@transcode/contracts';
import { toNumber } from '@transcode/planner';
import { measure } from '@transcode/telemetry';

/** What came out of a chunk that is finished, and how fast. `wallSeconds` and `cpuSeconds` are of all renditions together. */
export function measureEncoded({ video, grid }: Plan, { renditions, wallSeconds, cpuSeconds }: ChunkIndex): void {
  const rate = toNumber(grid.rate);
  let longest = 0;
  for (const { rendition, segments } of renditions) {
    const planned = video.find(({ name }) => name === rendition);
    if (planned === undefined) throw new BrokenInvariant(`The plan has no rendition ${rendition}.`);
    const labels = { encoder: planned.encoder.name, device: 'cpu', resolution: resolutionOf(planned) } as const;
    const frames = segments.reduce((sum, segment) => sum + segment.frames, 0);
    measure.count('encodedFramesTotal', labels, frames);
    measure.count('encodedMediaSecondsTotal', labels, frames / rate);
    measure.count(
      'encodedBytesTotal',
      labels,
      segments.reduce((sum, segment) => sum + segment.bytes, 0),
    );
    longest = Math.max(longest, frames / rate);
  }
  const [top] = video;
  if (top === undefined) return;
  const largest = { device: 'cpu', resolution: resolutionOf(top) } as const;
  if (wallSeconds > 0) measure.observe('encodeSpeedRatio', largest, longest / wallSeconds);
  measure.count('encodeCpuSecondsTotal', largest, cpuSeconds);
}
