/** Browsers drop downloads that are asked for in the same moment. */
const BETWEEN_MS = 400;

/** Saves the best rendition of each, one after the other. */
export async function downloadVideos(videos: readonly { readonly id: string }[]): Promise<void> {
  for (const [at, { id }] of videos.entries()) {
    if (at > 0) await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
    const link = Object.assign(document.createElement('a'), { href: renditionPath(id, 'best'), download: '' });
    document.body.append(link);
    link.click();
    link.remove();
  }
}

/** Where a rendition is had as one MP4; `best` is the highest rung. */
export function renditionPath(videoId: string, name: string): string {
  return `/api/v1/videos/${videoId}/renditions/${name}.mp4`;
}

/** Where the uploaded file is had as it came. */
export function sourcePath(videoId: string): string {
  return `/api/v1/videos/${videoId}/source`;
}
