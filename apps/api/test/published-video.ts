import { randomBytes } from 'node:crypto';
import type { Installation } from './installation.ts';
import { addJob, addVideo } from './videos.ts';

export interface PublishedVideo {
  readonly videoId: string;
  readonly jobId: string;
  /** Below it all that was published is kept. */
  readonly prefix: string;
  /** What is in the published folder, by name. */
  readonly files: ReadonlyMap<string, Buffer>;
}

const WRITTEN: Readonly<Record<string, string>> = {
  'master.m3u8': 'application/vnd.apple.mpegurl',
  'manifest.mpd': 'application/dash+xml',
  'v720/index.m3u8': 'application/vnd.apple.mpegurl',
  'poster.jpg': 'image/jpeg',
  'storyboard.vtt': 'text/vtt',
};
const SEGMENTS = ['v720/0-1/init.mp4', 'v720/0-1/0.m4s', 'a-eng/0-2/init.mp4', 'a-eng/0-2/0.m4s'];

/** A video that is ready, with its objects in storage, as workers leave it. */
export async function publishVideo(here: Installation, workspaceId = here.workspaceId): Promise<PublishedVideo> {
  const video = await addVideo(here, { workspaceId });
  const job = await addJob(here, video, { state: 'completed' });
  const prefix = `w/${video.workspaceId}/v/${video.id}/${job.id}`;
  const files = new Map<string, Buffer>();
  const written: { name: string; key: string; bytes: number; contentType: string }[] = [];
  for (const [name, contentType] of Object.entries(WRITTEN)) {
    const body = randomBytes(700);
    const key = `${prefix}/package/0-3/${name}`;
    await here.storage.put(key, body, { contentType });
    files.set(name, body);
    written.push({ name, key, bytes: body.length, contentType });
  }
  for (const name of SEGMENTS) {
    const body = randomBytes(1_000);
    await here.storage.put(`${prefix}/${name}`, body);
    files.set(name, body);
  }
  const published = { files: written, poster: 'poster.jpg', storyboard: 'storyboard.vtt' };
  await here.db.job.update({ where: { id: job.id }, data: { published } });
  await here.db.video.update({
    where: { id: video.id },
    data: { state: 'ready', publishedJobId: job.id, readyAt: new Date() },
  });
  return { videoId: video.id, jobId: job.id, prefix, files };
}
