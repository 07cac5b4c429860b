import { Quality } from '@transcode/contracts';
import type { RenditionView } from '@transcode/contracts';
import type { Rendition } from '@transcode/db';

export function renditionView(row: Rendition): RenditionView {
  return {
    name: row.name,
    kind: row.kind,
    width: row.width,
    height: row.height,
    language: row.language,
    label: row.label,
    codec: row.codec,
    averageBitRate: row.averageBitRate,
    peakBitRate: row.peakBitRate,
    bytes: row.bytes === null ? null : Number(row.bytes),
    quality: Quality.nullable().parse(row.quality),
  };
}
