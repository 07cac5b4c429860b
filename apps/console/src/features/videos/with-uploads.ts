import type { VideoView } from '@transcode/contracts';
import type { UploadItem } from '../uploads/upload-item.ts';

/** What this page itself uploads, it knows better than the server's last answer. */
export interface ShownVideo extends VideoView {
  /** Its upload stands still until something or somebody lets it go on. */
  readonly uploadHeld?: boolean;
}

const HELD: ReadonlySet<UploadItem['state']> = new Set(['paused', 'offline', 'failed', 'needs-file'] as const);

export function withUploads(videos: readonly VideoView[], uploads: readonly UploadItem[]): readonly ShownVideo[] {
  const byVideo = new Map(uploads.map((upload) => [upload.videoId, upload]));
  return videos.map((video) => {
    const upload = video.state === 'uploading' ? byVideo.get(video.id) : undefined;
    if (!upload) return video;
    const uploadOffset = Math.max(upload.offset, video.uploadOffset ?? 0);
    return { ...video, uploadOffset, uploadHeld: HELD.has(upload.state) };
  });
}
