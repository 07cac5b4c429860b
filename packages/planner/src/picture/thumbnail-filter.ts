export interface ThumbnailSize {
  readonly width: number;
  readonly height: number;
}

/** Filters that make a small picture of one of any size. Without exact rounding two sizes of the same picture differ by a level. */
export function thumbnailFilter({ width, height }: ThumbnailSize): string {
  return `scale=${width}:${height}:flags=area+accurate_rnd+full_chroma_int,format=yuv420p`;
}
