import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { VideoDetail } from '@transcode/contracts';
import { downloadPublished } from '../download-published.ts';
import { patiently } from '../patiently.ts';
import { uploadByTus } from '../tus-client.ts';
import { judgeOdd } from './judge-odd.ts';
import { makeSource } from './make-source.ts';
import type { OddExpectation, Recipe } from './recipe.ts';
import type { Installation } from './start-installation.ts';

const LOOK_MS = 250;
/** What takes longer hangs: the largest is 20 s of small pictures. */
const STUCK_MS = 600_000;
const OVER = new Set(['completed', 'failed', 'canceled']);

export interface Passed {
  /** Empty if all is right. */
  readonly complaints: readonly string[];
  /** Absent if it could not even be made. */
  readonly source: string | undefined;
}

/** Makes a source, sends it the whole way and judges what came of it. */
export async function passSource(installation: Installation, recipe: Recipe): Promise<Passed> {
  const folder = path.join(installation.folder, 'odd', String(recipe.position));
  let source: string | undefined;
  try {
    source = await makeSource(installation.tools.ffmpeg, recipe, folder);
    const video = await sent(installation, source, recipe.title);
    const complaints = judgeEnd(video, recipe.expect);
    if (complaints.length > 0 || 'refused' in recipe.expect) return { complaints, source };
    const published = path.join(folder, 'published');
    await patiently(() => downloadPublished(installation.url, installation.key, video.id, published));
    complaints.push(...(await judgeOdd(installation.tools, source, published, recipe.expect)));
    await rm(published, { recursive: true, force: true });
    return { complaints, source };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { complaints: [source === undefined ? `RECIPE: it cannot be made: ${why}` : why], source };
  }
}

async function detail({ url, key }: Pick<Installation, 'url' | 'key'>, id: string): Promise<VideoDetail> {
  const headers = { authorization: `Bearer ${key}` };
  const answer = await fetch(new URL(`/api/v1/videos/${id}`, url), { headers });
  if (!answer.ok) throw new Error(`GET /api/v1/videos/${id}: ${answer.status} ${await answer.text()}`);
  return VideoDetail.parse(await answer.json());
}

/** How its journey ended. */
async function sent({ url, key }: Installation, file: string, name: string): Promise<VideoDetail> {
  const { signal } = new AbortController();
  const options = { name: name.slice(0, 120), preset: 'web', pauseMs: () => 0, signal };
  const { videoId } = await uploadByTus({ urls: [url], key }, file, options);
  const deadline = Date.now() + STUCK_MS;
  for (;;) {
    const video = await patiently(() => detail({ url, key }, videoId));
    if (['ready', 'failed', 'canceled'].includes(video.state) && OVER.has(video.job?.state ?? 'failed')) return video;
    if (Date.now() > deadline) throw new Error(`it is still ${video.state} after ${STUCK_MS / 1000} s`);
    await sleep(LOOK_MS);
  }
}

function judgeEnd({ state, failure, job }: VideoDetail, expect: OddExpectation): string[] {
  if ('refused' in expect) {
    const isRight = state === 'failed' && expect.refused.some((code) => code === failure?.code);
    return isRight
      ? []
      : [`it is ${state} ${failure?.code ?? ''}, a refusal by ${expect.refused.join(' or ')} was right`];
  }
  if (state !== 'ready') return [`it is ${state}: ${failure?.code} ${failure?.sentence}${tailOf(failure?.tail)}`];
  // Not even where the video can do without it.
  const failed = job?.tasks.filter((task) => task.failure !== null) ?? [];
  return failed.map(({ stage, failure: why }) => `${stage} failed: ${why?.code} ${why?.sentence}`);
}

function tailOf(tail: string | null | undefined): string {
  return tail ? `\n${tail.slice(-600)}` : '';
}
