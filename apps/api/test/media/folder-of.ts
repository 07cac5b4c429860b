import { expect } from 'vitest';

/** The address of a video's published folder, as the API tells it to the holder of a key. */
export async function folderOf(url: string, key: string, videoId: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/videos/${videoId}`, { headers: { authorization: `Bearer ${key}` } });
  const { playbackUrl }: { playbackUrl: string } = JSON.parse(await response.text());
  expect(playbackUrl).toMatch(/\/master\.m3u8$/);
  return playbackUrl.slice(0, -'/master.m3u8'.length);
}
