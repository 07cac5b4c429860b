import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { METRICS } from '@transcode/contracts';
import { createDatabase } from '@transcode/db';
import { waitFor } from '@transcode/testing';
import { AAC, inputs, makeCase, X264 } from '@transcode/testing/media';
import { databaseUrlOf } from '../database-url.ts';
import { holdProcess } from '../hold-process.ts';
import { runTranscodeIn } from '../installation.ts';
import { killAtWork } from '../kill-at-work.ts';
import { redisOf } from '../pid-of.ts';
import { movedMetrics } from './moved-metrics.ts';
import type { WatchedInstallation } from './watched-installation.ts';

/** Given at both doors, and wrong at both. */
const WRONG_PASSWORD = 'a password that nobody may read 7b1f';
const ENCODING = { timeout: 60_000 };
const DONE = { timeout: 240_000, interval: 1_000 };
/** A round more than a key may ask in a minute, in rounds of a hundred. */
const ROUNDS = 13;

/** How often all connections to Postgres are broken at least, and at most until a statement failed of it. */
const BREAKS = 10;
const MOST_BREAKS = 60;

/** What came of it: ids to look for, and what nobody may find. */
export interface Mix {
  readonly video: string;
  readonly secrets: Readonly<Record<string, string>>;
}

/** Good and bad videos, people and strangers, and everything that it stands on away for a while. */
export async function useAndBreak(watched: WatchedInstallation, ffmpeg: string): Promise<Mix> {
  const { installation, folder, client, key } = watched;
  const steps = [[...inputs({ width: 1280, height: 720, frames: 1_000 }), ...X264, ...AAC, '{}']];
  const source = await makeCase(ffmpeg, { name: 'tide', file: 'tide.mp4', steps, expect: { refused: '' } }, folder);
  const session = await signIn(watched);
  await watched.look();
  const { video, grant } = await makeVideo(watched, source);
  await client.request(`/api/v1/videos/${video}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'High tide' }),
  });
  await misuse(watched, source);
  await backUp(watched);
  await copyAndLose(watched);
  await takeAway(watched, video);
  const { password } = installation;
  return { video, secrets: { wrong: WRONG_PASSWORD, password, key, session, grant } };
}

/** A person, with a wrong password at the API and at the console, and the right one. */
async function signIn({ installation: { url, password } }: WatchedInstallation): Promise<string> {
  const account = { email: 'admin@localhost' };
  const atApi = (given: string): Promise<Response> =>
    fetch(`${url}/api/v1/auth/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...account, password: given }),
    });
  await atApi(WRONG_PASSWORD);
  const { session } = (await (await atApi(password)).json()) as { session: string };
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const cookies = csrf.headers.getSetCookie().map((each) => each.split(';')[0]);
  await fetch(`${url}/api/auth/callback/credentials`, {
    ...{ method: 'POST', redirect: 'manual', headers: { cookie: cookies.join('; ') } },
    body: new URLSearchParams({ csrfToken, ...account, password: WRONG_PASSWORD, json: 'true' }),
  });
  return session;
}

/** One that is watched and played, and whose worker is killed on the way. */
async function makeVideo(watched: WatchedInstallation, source: string): Promise<{ video: string; grant: string }> {
  const { installation, client, key } = watched;
  const video = await client.upload(source, { title: 'Tide' });
  const following = new AbortController();
  const events = fetch(`${installation.url}/api/trpc/events.workspace`, {
    headers: { authorization: `Bearer ${key}` },
    signal: following.signal,
  });
  await killAtWork(installation.data, 'encode');
  await waitFor(async () => {
    await watched.look();
    return (await client.video(video)).state !== 'processing';
  }, DONE);
  const { playbackUrl } = await client.ended(video);
  await (await fetch(playbackUrl ?? '')).arrayBuffer();
  await watched.look();
  following.abort();
  await Promise.allSettled([events]);
  return { video, grant: /\/media\/([^/]+)\//.exec(playbackUrl ?? '')?.[1] ?? '' };
}

/** What is no video, what never gets whole, a key that nobody made, an address that is elsewhere, and one key that asks for more than it may. */
async function misuse(watched: WatchedInstallation, source: string): Promise<void> {
  const { installation, folder, client, key } = watched;
  const text = path.join(folder, 'text.mp4');
  await writeFile(text, 'This was never a video.');
  await client.ended(await client.upload(text));
  await client.uploadPart(source, 0.5);
  const ask = (as: string): Promise<Response> =>
    fetch(`${installation.url}/api/v1/me`, { headers: { authorization: `Bearer ${as}` } });
  await ask('tc_made_up_and_wrong');
  await fetch(`${installation.url}/videos`, { redirect: 'manual' });
  for (let round = 0; round < ROUNDS; round++) await Promise.all(Array.from({ length: 100 }, () => ask(key)));
  await watched.look();
}

/** A good backup, a drill with it, and one that cannot be. */
async function backUp(watched: WatchedInstallation): Promise<void> {
  const { installation } = watched;
  const wrongKey = { settings: { BACKUP_RECIPIENTS: 'age1typo' } };
  const answers = [
    await installation.transcode('backup'),
    await installation.transcode('drill'),
    await runTranscodeIn(watched.folder, ['backup', '--data', installation.data], wrongKey),
  ];
  const codes = answers.map(({ code }) => code).join(' ');
  if (codes !== '0 0 1') throw new Error(`${codes}:\n${answers.map(({ stderr }) => stderr).join('\n')}`);
  // What lies there is looked at every half minute.
  await untilMoved(watched, [METRICS.backupLastFailureAt.name, METRICS.backupArchiveNewestAt.name]);
}

async function untilMoved(watched: WatchedInstallation, names: readonly string[]): Promise<void> {
  await waitFor(async () => {
    await watched.look();
    const moved = movedMetrics(watched.scrapes);
    return names.every((name) => moved.has(name));
  }, ENCODING);
}

/** A second store that is away while something comes, of which the storage loses the source before it is back. */
async function copyAndLose(watched: WatchedInstallation): Promise<void> {
  const { installation, folder, client, copies } = watched;
  await untilMoved(watched, [METRICS.copyBytesTotal.name, METRICS.copyComparedAt.name]);
  await rename(copies, `${copies}-away`);
  await writeFile(copies, 'in the way');
  const text = path.join(folder, 'lost.mp4');
  await writeFile(text, 'This was never a video, and is lost.');
  const { id } = await client.ended(await client.upload(text));
  await untilMoved(watched, [
    METRICS.copyLagSeconds.name,
    METRICS.copyWaitingObjects.name,
    METRICS.copyWaitingBytes.name,
  ]);
  const db = createDatabase(await databaseUrlOf(installation.data), { poolSize: 1 });
  const { sourceKey } = await db.video.findUniqueOrThrow({ where: { id } });
  await rm(path.join(installation.data, 'storage', sourceKey));
  await rm(copies);
  await rename(`${copies}-away`, copies);
  await untilMoved(watched, [METRICS.copyFailedObjects.name]);
  await db.$disconnect();
}

/** The GPU's driver, the storage, Redis and the connections to Postgres. */
async function takeAway(watched: WatchedInstallation, video: string): Promise<void> {
  const { data } = watched.installation;
  const hasFailed = (): boolean => movedMetrics(watched.scrapes).has(METRICS.databaseErrorsTotal.name);
  await writeFile(watched.gpuLost, '');
  const storage = path.join(data, 'storage');
  await rename(storage, `${storage}-away`);
  await writeFile(storage, 'in the way');
  await watched.look();
  await rm(storage);
  await rename(`${storage}-away`, storage);
  {
    using held = new DisposableStack();
    held.use(holdProcess(await redisOf(data)));
    const db = createDatabase(await databaseUrlOf(data), { poolSize: 1 });
    const payload = { videoId: video, jobId: video };
    await db.outbox.create({ data: { topic: 'video.ready', payload, createdAt: new Date(Date.now() - 60_000) } });
    // A connection on which nothing is asked is missed by nobody.
    for (let turn = 0; turn < MOST_BREAKS && (turn < BREAKS || !hasFailed()); turn++) {
      const asked = Array.from({ length: 5 }, () => watched.client.request('/api/v1/videos'));
      await db.$queryRaw`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND usename IS NOT NULL`;
      // It may be that nothing answers just then.
      await Promise.allSettled([...asked, watched.look()]);
      await sleep(300);
    }
    await db.$disconnect();
    await sleep(5_000);
    await watched.look();
  }
  await rm(watched.gpuLost);
  await watched.look();
}
