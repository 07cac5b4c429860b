/** The classes of pictures that people name, by the shorter side in pixels. */
export const RESOLUTIONS = ['240p', '360p', '480p', '720p', '1080p', '1440p', '2160p', '4320p'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** The class that a picture belongs to: the smallest that holds its shorter side, whichever way it stands. */
export function resolutionOf({ width, height }: { readonly width: number; readonly height: number }): Resolution {
  const side = Math.min(width, height);
  return RESOLUTIONS.find((resolution) => side <= Number.parseInt(resolution, 10)) ?? '4320p';
}
