import { randomUUID } from 'node:crypto';
import { BUILT_IN_PRESETS, type Preset } from '@transcode/contracts';
import type { Prisma } from '@transcode/db';
import { hashSecret } from '../../src/identity/secret.ts';
import type { Installation } from '../installation.ts';
import { planOf } from '../plan-of.ts';
import { publishVideo } from '../published-video.ts';
import { restorePlanOf } from '../restore-plan-of.ts';
import { addJob, addVideo } from '../videos.ts';
import { addWorker } from '../workers.ts';
import type { Caller } from './matrix-callers.ts';

/** A workspace, and what is in it. */
export interface Place {
  readonly workspaceId: string;
  /** What is told of it stands in everything that is there from the beginning. */
  readonly marker: string;
  /** Of whoever works for all workspaces. */
  readonly workerId: string;
  /** Plays for whoever has it. */
  readonly shareToken: string;
  /** Every id and every title that is its alone. */
  readonly secrets: Set<string>;
}

/** A workspace with a bit of everything that lists and pages tell of. */
export async function furnish(
  here: Installation,
  name: string,
  { workerId, failure }: { workerId: string; failure: string },
): Promise<Place> {
  const marker = `Marker ${name}`;
  const { id: workspaceId } = await here.db.workspace.create({ data: { name: marker } });
  const secrets = new Set([workspaceId, marker]);
  const title = { workspaceId, title: marker };
  const video = await addVideo(here, { ...title, state: 'processing' });
  const running = await addJob(here, video, { state: 'running' });
  const startedAt = new Date();
  const lease = { leaseUntil: new Date(Date.now() + 3_600_000), startedAt, token: 1, workerId };
  await here.db.task.create({ data: { jobId: running.id, stage: 'encode', class: 'cpu', state: 'running', ...lease } });
  const queued = { stage: 'probe', class: 'light', state: 'queued', queuedAt: startedAt } as const;
  await here.db.task.create({ data: { jobId: running.id, ...queued } });
  const failed = await addVideo(here, { ...title, state: 'failed' });
  const failedJob = await addJob(here, failed, {
    ...{ state: 'failed', failureCode: failure, failureText: `${marker} failed.`, endedAt: new Date() },
  });
  await here.db.preset.create({ data: { workspaceId, name: `p-${randomUUID()}`, definition: presetOf(marker) } });
  await here.db.audit.create({
    data: { action: 'matrix.mark', target: video.id, workspaceId, details: { name: marker } },
  });
  const { videoId, jobId } = await publishVideo(here, workspaceId);
  await here.db.job.update({ where: { id: jobId }, data: { plan: planOf() } });
  const shareToken = randomUUID();
  await here.db.shareLink.create({ data: { videoId, tokenHash: hashSecret(shareToken), expiresAt: soon() } });
  for (const { id } of [video, running, failed, failedJob]) secrets.add(id);
  for (const id of [videoId, jobId]) secrets.add(id);
  return { workspaceId, marker, workerId, shareToken, secrets };
}

/** Makes things of a place, so that each call has one of its own. */
export class Things {
  readonly #here: Installation;

  constructor(here: Installation) {
    this.#here = here;
  }

  async video({ workspaceId, secrets }: Place, data: Partial<Prisma.VideoUncheckedCreateInput> = {}): Promise<string> {
    const { id } = await addVideo(this.#here, { workspaceId, ...data });
    secrets.add(id);
    return id;
  }

  async published({ workspaceId, secrets }: Place): Promise<string> {
    const { videoId, jobId } = await publishVideo(this.#here, workspaceId);
    for (const secret of [videoId, jobId]) secrets.add(secret);
    return videoId;
  }

  async job(place: Place, state: 'failed' | 'queued' = 'queued'): Promise<{ id: string; videoId: string }> {
    const { workspaceId, secrets } = place;
    const video = await addVideo(this.#here, { workspaceId, state: state === 'failed' ? 'failed' : 'processing' });
    const failure = state === 'failed' ? { failureCode: 'source_empty', endedAt: new Date() } : {};
    const { id } = await addJob(this.#here, video, { state, ...failure });
    for (const secret of [video.id, id]) secrets.add(secret);
    return { id, videoId: video.id };
  }

  async share(place: Place): Promise<string> {
    const videoId = await this.video(place, { state: 'ready' });
    const { id } = await this.#here.db.shareLink.create({
      data: { videoId, tokenHash: randomUUID(), expiresAt: soon() },
    });
    place.secrets.add(id);
    return id;
  }

  async preset({ workspaceId, secrets }: Place): Promise<string> {
    const name = `p-${randomUUID()}`;
    await this.#here.db.preset.create({ data: { workspaceId, name, definition: presetOf('Any') } });
    secrets.add(name);
    return name;
  }

  async upload({ workspaceId, secrets }: Place, owner: Caller | undefined): Promise<string> {
    const id = randomUUID();
    const key = `w/${workspaceId}/u/${id}`;
    const whose =
      owner === undefined || owner.kind === 'nobody'
        ? {}
        : owner.kind === 'person'
          ? { ownerUserId: owner.id }
          : { ownerKeyId: owner.id };
    await this.#here.db.upload.create({
      data: {
        ...{ id, key, workspaceId, ...whose, fileName: 'a.mp4', size: 5 },
        ...{ metadata: { sent: '', priority: 'normal' }, expiresAt: soon() },
      },
    });
    await addVideo(this.#here, { workspaceId, uploadId: id, sourceKey: key, state: 'uploading' });
    secrets.add(id);
    return id;
  }

  async key({ workspaceId, secrets }: Place, owner: Caller | undefined): Promise<string> {
    const maker =
      owner === undefined || owner.kind === 'nobody'
        ? { local: true }
        : owner.kind === 'person'
          ? { createdById: owner.id }
          : { parentId: owner.id };
    const { id } = await this.#here.db.apiKey.create({
      data: { name: 'x', prefix: 'tc_xxxxx', secretHash: randomUUID(), role: 'viewer', workspaceId, ...maker },
    });
    secrets.add(id);
    return id;
  }

  /** Somebody of no workspace that the matrix is about. */
  async person(): Promise<string> {
    return (await this.#here.person('viewer', { workspaceIds: [] })).id;
  }

  async email(): Promise<string> {
    return (await this.#here.person('viewer', { workspaceIds: [] })).email;
  }

  /** The same, with their address. */
  account(): Promise<{ id: string; email: string }> {
    return this.#here.person('viewer', { workspaceIds: [] });
  }

  /** A workspace that the matrix is not about. */
  async emptyWorkspace(): Promise<{ id: string; name: string }> {
    return this.#here.db.workspace.create({ data: { name: randomUUID() }, select: { id: true, name: true } });
  }

  async erasure(): Promise<string> {
    const data = { kind: 'user', subjectId: randomUUID(), erasedAt: new Date() } as const;
    return (await this.#here.db.erasure.create({ data })).id;
  }

  /** A workspace that the matrix is not about, with somebody in it. */
  async membership(): Promise<{ workspaceId: string; userId: string }> {
    const workspaceId = await this.#here.workspace();
    return { workspaceId, userId: (await this.#here.person('viewer', { workspaceIds: [workspaceId] })).id };
  }

  async session({ id }: { readonly id: string }): Promise<string> {
    const data = { userId: id, secretHash: randomUUID(), expiresAt: soon() };
    return (await this.#here.db.session.create({ data })).id;
  }

  /** Somebody who runs backups, for as long as this takes. */
  async backupRunner(): Promise<void> {
    const data = { seenAt: soon(), nextBackupAt: soon() };
    await this.#here.db.backupRunner.upsert({
      where: { host: 'here' },
      create: { host: 'here', ...data },
      update: data,
    });
  }

  /** A backup that was asked for and is over. */
  async operation(state: 'completed' | 'failed' = 'completed'): Promise<string> {
    const data = { kind: 'backup', state, askedBy: 'somebody', endedAt: new Date() } as const;
    return (await this.#here.db.operation.create({ data })).id;
  }

  /** A restore that a dry run has told, of a video that is always the same: of restores one at most is open. */
  async restore(): Promise<{ plan: string; confirm: string }> {
    await this.backupRunner();
    const result = restorePlanOf({ videoId: RESTORED, title: 'Lost' });
    const data = { kind: 'restorePlan', state: 'completed', endedAt: new Date(), result } as const;
    return { plan: (await this.#here.db.operation.create({ data })).id, confirm: 'Lost' };
  }

  async worker(): Promise<string> {
    return (await addWorker(this.#here)).id;
  }
}

const RESTORED = randomUUID();

export function presetOf(title: string): Preset {
  const [web] = BUILT_IN_PRESETS;
  if (web === undefined) throw new Error('There is no built-in preset');
  return { ...web, title };
}

function soon(): Date {
  return new Date(Date.now() + 600_000);
}
