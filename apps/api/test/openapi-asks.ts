import { randomUUID } from 'node:crypto';
import { BUILT_IN_PRESETS, type Preset } from '@transcode/contracts';
import { beatBackupRunner, type Operation } from '@transcode/db';
import { hashSecret } from '../src/identity/secret.ts';
import { PASSWORD } from './installation.ts';
import type { Installation } from './installation.ts';
import { planOf } from './plan-of.ts';
import { publishVideo } from './published-video.ts';
import { restorePlanOf } from './restore-plan-of.ts';
import { addJob, addVideo } from './videos.ts';
import { addRunningTask, addSamples, addWorker, GPU_UUID } from './workers.ts';

/** What each operation can be asked: path parameters by name, and a body. */
export interface Asked {
  readonly params?: Record<string, string>;
  readonly query?: string;
  readonly body?: object;
}

async function beat({ db }: Installation): Promise<void> {
  const next = new Date(Date.now() + 3_600_000);
  await beatBackupRunner(db, { host: 'here', nextBackupAt: next, nextDrillAt: next });
}

/** A dry run that has found what a restore would change. */
function lookedAt({ db }: Installation): Promise<Operation> {
  const result = restorePlanOf({ videoId: randomUUID(), title: 'Harbour' });
  return db.operation.create({ data: { kind: 'restorePlan', state: 'completed', result } });
}

/** Something that each operation succeeds with, by its name. What it is about is made when it is asked for. */
export function asksOf(here: Installation): Record<string, () => Promise<Asked>> {
  return {
    'auth.signIn': async () => ({ body: { email: (await here.person('viewer')).email, password: PASSWORD } }),
    'auth.signOut': () => Promise.resolve({}),
    'auth.changePassword': () => Promise.resolve({ body: { current: PASSWORD, next: 'another long passphrase' } }),
    'me.get': () => Promise.resolve({}),
    'videos.list': () =>
      Promise.resolve({ query: '?limit=2&state=ready&state=failed&search=a&sort=title&order=ascending' }),
    'videos.get': async () => ({ params: { id: (await addVideo(here)).id } }),
    'videos.delete': async () => ({ params: { id: (await addVideo(here)).id } }),
    'videos.rename': async () => ({ params: { id: (await addVideo(here)).id }, body: { title: 'New' } }),
    'videos.choosePoster': async () => ({ params: { id: (await publishVideo(here)).videoId }, body: { seconds: 1.5 } }),
    'videos.retry': async () => {
      const video = await addVideo(here, { state: 'failed' });
      await addJob(here, video, { state: 'failed', failureCode: 'source_empty' });
      return { params: { id: video.id } };
    },
    'videos.history': async () => ({ params: { id: (await addVideo(here)).id } }),
    'videos.files': async () => ({ params: { id: (await addVideo(here)).id } }),
    'jobs.list': () =>
      Promise.resolve({ query: '?state=queued&priority=high,low&search=a&since=2026-01-01T00:00:00Z' }),
    'jobs.get': async () => ({ params: { id: (await addJob(here, await addVideo(here))).id } }),
    'jobs.cancel': async () => ({
      params: { id: (await addJob(here, await addVideo(here, { state: 'processing' }))).id },
    }),
    'jobs.log': async () => ({ params: { id: (await addJob(here, await addVideo(here))).id } }),
    'jobs.cancelMany': async () => ({ body: { ids: [(await addJob(here, await addVideo(here))).id] } }),
    'jobs.retryMany': () => Promise.resolve({ body: { filter: { state: ['failed'] }, dryRun: true } }),
    'jobs.setPriority': async () => ({
      body: { ids: [(await addJob(here, await addVideo(here))).id], priority: 'high' },
    }),
    'queues.get': () => Promise.resolve({}),
    'queues.next': async () => {
      const job = await addJob(here, await addVideo(here));
      await here.db.task.create({
        data: { jobId: job.id, stage: 'probe', class: 'light', state: 'queued', queuedAt: new Date() },
      });
      return { params: { class: 'light' }, query: '?limit=5' };
    },
    'queues.failures': async () => {
      const failed = { state: 'failed', failureCode: 'source_empty', endedAt: new Date() } as const;
      await addJob(here, await addVideo(here, { state: 'failed' }), failed);
      return { query: '?hours=1' };
    },
    'uploads.list': () => Promise.resolve({ query: '?state=receiving' }),
    'uploads.get': async () => ({ params: { id: await newUpload(here) } }),
    'uploads.cancel': async () => ({ params: { id: await newUpload(here) } }),
    'presets.list': () => Promise.resolve({}),
    'presets.get': () => Promise.resolve({ params: { name: 'web' } }),
    'keys.list': () => Promise.resolve({}),
    'keys.create': () => Promise.resolve({ body: { name: 'A key', role: 'viewer' } }),
    'keys.revoke': async () => ({ params: { id: await newKey(here) } }),
    'presets.create': () => Promise.resolve({ body: presetNamed(`own-${randomUUID()}`) }),
    'presets.update': async () => {
      const name = await newPreset(here);
      return { params: { name }, body: { ...presetNamed(name), title: 'Changed' } };
    },
    'presets.delete': async () => ({ params: { name: await newPreset(here) } }),
    'users.list': () => Promise.resolve({ query: '?limit=2&search=example' }),
    'users.create': () =>
      Promise.resolve({
        body: { email: `${randomUUID()}@example.org`, name: 'New', role: 'viewer', workspaceIds: [here.workspaceId] },
      }),
    'users.update': async () => ({ params: { id: (await here.person('viewer')).id }, body: { role: 'editor' } }),
    'users.disable': async () => ({ params: { id: (await here.person('viewer')).id } }),
    'users.enable': async () => ({ params: { id: (await here.person('viewer')).id } }),
    'users.resetPassword': async () => ({ params: { id: (await here.person('viewer')).id } }),
    'users.erase': async () => {
      const { id, email } = await here.person('viewer');
      return { params: { id }, body: { confirm: email } };
    },
    'workspaces.list': () => Promise.resolve({ query: '?limit=2' }),
    'workspaces.create': () => Promise.resolve({ body: { name: randomUUID() } }),
    'workspaces.rename': async () => ({ params: { id: await here.workspace() }, body: { name: randomUUID() } }),
    'workspaces.addMember': async () => ({
      params: { workspaceId: await here.workspace() },
      body: { userId: (await here.person('viewer')).id },
    }),
    'workspaces.removeMember': async () => ({
      params: { workspaceId: here.workspaceId, userId: (await here.person('viewer')).id },
    }),
    'workspaces.erase': async () => {
      const { id, name } = await here.db.workspace.create({ data: { name: randomUUID() } });
      return { params: { id }, body: { confirm: name } };
    },
    'erasures.list': () => Promise.resolve({ query: '?limit=2' }),
    'erasures.get': async () => {
      const data = { kind: 'user', subjectId: randomUUID(), erasedAt: new Date() } as const;
      return { params: { id: (await here.db.erasure.create({ data })).id } };
    },
    'sessions.list': () => Promise.resolve({ query: '?limit=2' }),
    'sessions.end': async () => ({ params: { id: await newSession(here) } }),
    'sessions.endOthers': () => Promise.resolve({}),
    'shares.create': async () => ({
      params: { id: (await addVideo(here, { state: 'ready' })).id },
      body: { seconds: 3600 },
    }),
    'shares.list': async () => ({ params: { id: (await newShare(here)).videoId }, query: '?limit=2' }),
    'shares.revoke': async () => ({ params: { id: (await newShare(here)).id } }),
    'shares.open': async () => {
      const { videoId } = await publishVideo(here);
      const token = randomUUID();
      const expiresAt = new Date(Date.now() + 60_000);
      await here.db.job.updateMany({ where: { videoId }, data: { plan: planOf() } });
      await here.db.shareLink.create({ data: { videoId, tokenHash: hashSecret(token), expiresAt } });
      return { params: { token } };
    },
    'audit.list': () =>
      Promise.resolve({ query: `?limit=50&action=auth.signIn&action=user.create&since=2026-01-01T00:00:00Z` }),
    'limits.get': () => Promise.resolve({}),
    'backups.get': () => Promise.resolve({}),
    'backups.run': async () => {
      await beat(here);
      return { body: { kind: 'drill' } };
    },
    'backups.planRestore': async () => {
      await beat(here);
      return { body: { backup: '00000001-20261201T020000Z', video: 'Harbour' } };
    },
    'backups.restore': async () => {
      await beat(here);
      return { body: { plan: (await lookedAt(here)).id, confirm: 'Harbour', replace: true, incomplete: false } };
    },
    'operations.list': () => Promise.resolve({ query: '?limit=2&kind=backup&kind=erase&state=completed' }),
    'operations.get': async () => ({ params: { id: (await lookedAt(here)).id } }),
    'operations.cancel': async () => ({ params: { id: (await lookedAt(here)).id } }),
    'operations.retry': async () => {
      await beat(here);
      return { params: { id: (await here.db.operation.create({ data: { kind: 'backup', state: 'failed' } })).id } };
    },
    'workers.list': async () => {
      const { id } = await addWorker(here);
      await addRunningTask(here, id);
      return {};
    },
    'workers.get': async () => {
      const { id } = await addWorker(here);
      await addSamples(here, id);
      return { params: { id } };
    },
    'gpus.list': async () => {
      await addSamples(here, (await addWorker(here)).id);
      return {};
    },
    'gpus.history': async () => {
      await addSamples(here, (await addWorker(here)).id);
      return { params: { uuid: GPU_UUID } };
    },
    'overview.get': () => Promise.resolve({}),
    'monitoring.get': () => Promise.resolve({}),
    'monitoring.history': () => Promise.resolve({ query: '?span=6h' }),
    'monitoring.testAlert': () => Promise.resolve({ body: { severity: 'critical' } }),
    'workers.pause': () => Promise.resolve({ body: { scope: 'class:gpu' } }),
    'workers.drain': async () => ({ body: { scope: `worker:${(await addWorker(here)).id}` } }),
    'workers.resume': () => Promise.resolve({ body: { scope: 'all' } }),
  };
}

function presetNamed(name: string): Preset {
  const [web] = BUILT_IN_PRESETS;
  if (web === undefined) throw new Error('There is no built-in preset');
  return { ...web, name };
}

async function newPreset(here: Installation): Promise<string> {
  const name = `own-${randomUUID()}`;
  await here.db.preset.create({ data: { workspaceId: here.workspaceId, name, definition: presetNamed(name) } });
  return name;
}

/** Of the administrator who asks. */
async function newSession(here: Installation): Promise<string> {
  const { userId } = await here.db.session.findFirstOrThrow({ orderBy: { createdAt: 'asc' } });
  const expiresAt = new Date(Date.now() + 60_000);
  return (await here.db.session.create({ data: { userId, secretHash: randomUUID(), expiresAt } })).id;
}

async function newShare(here: Installation): Promise<{ id: string; videoId: string }> {
  const { id: videoId } = await addVideo(here, { state: 'ready' });
  const expiresAt = new Date(Date.now() + 60_000);
  return here.db.shareLink.create({ data: { videoId, tokenHash: randomUUID(), expiresAt } });
}

async function newKey(here: Installation): Promise<string> {
  const row = await here.db.apiKey.create({
    data: {
      name: 'x',
      prefix: 'tc_xxxxx',
      secretHash: crypto.randomUUID(),
      role: 'viewer',
      workspaceId: here.workspaceId,
    },
  });
  return row.id;
}

async function newUpload(here: Installation): Promise<string> {
  const id = crypto.randomUUID();
  const key = `w/${here.workspaceId}/u/${id}`;
  await here.db.upload.create({
    data: {
      id,
      key,
      workspaceId: here.workspaceId,
      fileName: 'a.mp4',
      size: 5,
      metadata: { sent: '', priority: 'normal' },
      expiresAt: new Date(Date.now() + 60_000),
    },
  });
  await addVideo(here, { uploadId: id, sourceKey: key, state: 'uploading' });
  return id;
}
