import type { VideoView } from '@transcode/contracts';
import type { UploadItem } from '../uploads/upload-item.ts';

/** What this page itself uploads, it knows better than the server's last answer. */
export function withUploads(videos: readonly VideoView[], uploads: readonly UploadItem[]): readonly VideoView[] {
  const byVideo = new Map(uploads.map((upload) => [upload.videoId, upload]));
  return videos.map((video) => {
    const upload = video.state === 'uploading' ? byVideo.get(video.id) : undefined;
    return upload ? { ...video, uploadOffset: Math.max(upload.offset, video.uploadOffset ?? 0) } : video;
  });
}
