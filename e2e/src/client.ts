import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { PublishedFile, VideoDetail, VideoView } from '@transcode/contracts';
import * as z from 'zod';

/** An integrator: tus and REST with nothing but fetch. */
export class Client {
  readonly #url: string;
  readonly #key: string;

  constructor(url: string, key: string) {
    this.#url = url;
    this.#key = key;
  }

  async request(address: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${this.#key}`);
    return fetch(new URL(address, this.#url), { ...init, headers });
  }

  /** Uploads a file in one PATCH and answers the video's id. */
  async upload(file: string, metadata: Record<string, string> = {}): Promise<string> {
    return this.uploadPart(file, 1, metadata);
  }

  /** Uploads the first part of a file, 0..1 of it. */
  async uploadPart(file: string, part: number, metadata: Record<string, string> = {}): Promise<string> {
    const { size } = await stat(file);
    const pairs = Object.entries({ filename: path.basename(file), ...metadata });
    const created = await this.request('/api/uploads', {
      method: 'POST',
      headers: {
        'tus-resumable': '1.0.0',
        'upload-length': String(size),
        'upload-metadata': pairs.map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`).join(','),
      },
    });
    const [location, video] = [created.headers.get('location'), created.headers.get('transcode-video-id')];
    if (created.status !== 201 || location === null || video === null) {
      throw new Error(`POST /api/uploads: ${created.status} ${await created.text()}`);
    }
    const bytes = Math.floor(size * part);
    // Nothing has no last byte.
    const body = bytes === 0 ? Readable.from([]) : createReadStream(file, { end: bytes - 1 });
    const patched = await this.request(location, {
      method: 'PATCH',
      headers: { 'tus-resumable': '1.0.0', 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
      body: Readable.toWeb(body) as ReadableStream<Uint8Array>,
      duplex: 'half',
    } as RequestInit);
    if (patched.status !== 204) throw new Error(`PATCH: ${patched.status} ${await patched.text()}`);
    return video;
  }

  /** The newest videos. */
  async videos(): Promise<VideoView[]> {
    const response = await this.request('/api/v1/videos');
    if (!response.ok) throw new Error(`GET /api/v1/videos: ${response.status} ${await response.text()}`);
    return z.object({ items: z.array(VideoView) }).parse(await response.json()).items;
  }

  async video(id: string): Promise<VideoDetail> {
    const response = await this.request(`/api/v1/videos/${id}`);
    // Who asks for many at once is told to wait, and does.
    if (response.status === 429) {
      await sleep(Number(response.headers.get('retry-after') ?? 1) * 1_000);
      return this.video(id);
    }
    if (!response.ok) throw new Error(`GET /api/v1/videos/${id}: ${response.status} ${await response.text()}`);
    return VideoDetail.parse(await response.json());
  }

  /** Waits until the journey has ended, well or not. */
  async ended(id: string, timeoutMs = 600_000): Promise<VideoDetail> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const video = await this.video(id);
      const jobEnded = video.job === null || ['completed', 'failed', 'canceled'].includes(video.job.state);
      if (['ready', 'failed', 'canceled'].includes(video.state) && jobEnded) return video;
      if (Date.now() > deadline) throw new Error(`${video.title} is still ${video.state} after ${timeoutMs} ms`);
      await sleep(300);
    }
  }

  /** Fetches the published folder. */
  async download(id: string, folder: string): Promise<void> {
    const response = await this.request(`/api/v1/videos/${id}/files`);
    const { files } = (await response.json()) as { files: PublishedFile[] };
    for (const file of files.map((entry) => PublishedFile.parse(entry))) {
      const target = path.join(folder, file.name);
      await mkdir(path.dirname(target), { recursive: true });
      const answer = await fetch(new URL(file.url, this.#url));
      if (!answer.ok || answer.body === null) throw new Error(`${file.url}: ${answer.status}`);
      await pipeline(Readable.fromWeb(answer.body as never), createWriteStream(target));
    }
  }
}
