import { randomUUID } from 'node:crypto';
import type { Role } from '@transcode/contracts';
import { PASSWORD } from '../installation.ts';
import { GPU_UUID } from '../workers.ts';
import type { Caller } from './matrix-callers.ts';
import { presetOf, type Place, type Things } from './places.ts';

/** What a call is made with. */
export interface Asking {
  readonly things: Things;
  readonly caller: Caller;
  /** Where what it asks for is. */
  readonly place: Place;
  /** Of what is its maker's alone: who that is; somebody else where absent. */
  readonly owner: Caller | undefined;
}

/** Who may call a procedure, and what it is about. */
export interface Expectation {
  /** The least role; `public` asks for none. */
  readonly role: Role | 'public';
  /** Which API keys it is closed to: all of them, or those that reach one workspace. */
  readonly closedTo?: 'keys' | 'workspaceKeys';
  /**
   * `nothing`: what is no workspace's. `workspace`: a thing of a workspace, that is there for who sees it. `owned`: one that is there for
   * its maker, and for administrators who see its workspace.
   */
  readonly about: 'nothing' | 'workspace' | 'owned';
  readonly input: (asking: Asking) => object | Promise<object>;
  /** Its answer has something of each workspace that the caller sees, where that is so. */
  readonly tells?: true;
  /** It says how many it was done to, and nothing of those it was not. */
  readonly counts?: true;
  /** The code of what else it answers to who is let in. */
  readonly answers?: (caller: Caller) => string;
  /** It shows one thing of any workspace to whoever has its secret. */
  readonly bySecret?: true;
  /** It takes from the caller what makes it one. */
  readonly endsCaller?: true;
}

const of = (name: 'video', data?: Parameters<Things['video']>[1]) => async (asking: Asking) => ({
  id: await asking.things[name](asking.place, data),
});
const ofJob = async ({ things, place }: Asking): Promise<object> => ({ id: (await things.job(place)).id });
const jobs =
  (state?: 'failed', more: object = {}) =>
  async ({ things, place }: Asking): Promise<object> => ({ ids: [(await things.job(place, state)).id], ...more });
const nothing = (): object => ({});
const named = async ({ things, place }: Asking): Promise<object> => ({
  ...{ name: await things.preset(place), workspaceId: place.workspaceId },
});
const someone = async ({ things }: Asking): Promise<object> => ({ id: await things.person() });

const ofPeople = { role: 'admin', closedTo: 'keys', about: 'nothing' } as const;
const ofOperators = { role: 'operator', about: 'nothing' } as const;
const stopping = { ...ofOperators, closedTo: 'workspaceKeys', input: () => ({ scope: 'class:gpu' }) } as const;
const ofBackups = { role: 'admin', closedTo: 'workspaceKeys', about: 'nothing' } as const;
const ofAccount = { role: 'viewer', about: 'nothing' } as const;
const seen = { role: 'viewer', about: 'workspace' } as const;
const edited = { role: 'editor', about: 'workspace' } as const;

/** Every procedure. A new one has to be thought about, and written down, here. */
export const EXPECTATIONS: Readonly<Record<string, Expectation>> = {
  'auth.signIn': {
    ...{ role: 'public', about: 'nothing' },
    input: async ({ things }) => ({ email: await things.email(), password: PASSWORD }),
  },
  'auth.signOut': { ...ofAccount, input: nothing, endsCaller: true },
  'auth.changePassword': {
    ...ofAccount,
    input: () => ({ current: PASSWORD, next: 'another long passphrase' }),
    answers: ({ kind }) => (kind === 'key' ? 'conflict' : 'ok'),
    endsCaller: true,
  },
  'me.get': { ...ofAccount, input: nothing, tells: true },
  'videos.list': { ...ofAccount, input: () => ({ search: 'Marker' }), tells: true },
  'videos.get': { ...seen, input: of('video') },
  'videos.files': { ...seen, input: of('video') },
  'videos.history': { ...seen, input: of('video') },
  'videos.rename': {
    ...edited,
    input: async ({ things, place }) => ({ id: await things.video(place), title: 'Renamed' }),
  },
  'videos.retry': {
    ...edited,
    input: async ({ things, place }) => ({ id: (await things.job(place, 'failed')).videoId }),
  },
  'videos.choosePoster': {
    ...edited,
    input: async ({ things, place }) => ({ id: await things.published(place), seconds: 1.5 }),
  },
  'videos.delete': { ...edited, input: of('video') },
  'jobs.list': { ...ofAccount, input: () => ({ search: 'Marker' }), tells: true },
  'jobs.get': { ...seen, input: ofJob },
  'jobs.log': { ...seen, input: ofJob },
  'jobs.cancel': { ...edited, input: ofJob },
  'jobs.cancelMany': { ...edited, input: jobs(), counts: true },
  'jobs.retryMany': { ...edited, input: jobs('failed'), counts: true },
  'jobs.setPriority': { ...edited, input: jobs(undefined, { priority: 'high' }), counts: true },
  'queues.get': { ...ofOperators, input: nothing },
  'queues.next': { ...ofOperators, input: () => ({ class: 'light', limit: 100 }), tells: true },
  'queues.failures': { ...ofOperators, input: () => ({ hours: 24 }), tells: true },
  'uploads.list': { ...ofAccount, input: nothing },
  'uploads.get': {
    ...{ role: 'viewer', about: 'owned' },
    input: async ({ things, place, owner }) => ({ id: await things.upload(place, owner) }),
  },
  'uploads.cancel': {
    ...{ role: 'editor', about: 'owned' },
    input: async ({ things, place, owner }) => ({ id: await things.upload(place, owner) }),
  },
  'presets.list': { ...ofAccount, input: nothing, tells: true },
  'presets.get': { ...seen, input: named },
  'presets.create': {
    ...edited,
    input: ({ place: { workspaceId } }) => ({ ...presetOf('New'), name: `p-${randomUUID()}`, workspaceId }),
  },
  'presets.update': { ...edited, input: async (asking) => ({ ...presetOf('Changed'), ...(await named(asking)) }) },
  'presets.delete': { ...edited, input: named },
  'keys.list': { role: 'editor', about: 'nothing', input: nothing },
  'keys.create': {
    ...edited,
    input: ({ place: { workspaceId } }) => ({ name: 'New', role: 'viewer', workspaceId }),
  },
  'keys.revoke': {
    ...{ role: 'editor', about: 'owned' },
    input: async ({ things, place, owner }) => ({ id: await things.key(place, owner) }),
  },
  'workers.list': { ...ofOperators, input: nothing, tells: true },
  'workers.get': { ...ofOperators, input: ({ place }) => ({ id: place.workerId }), tells: true },
  'workers.pause': stopping,
  'workers.drain': stopping,
  'workers.resume': stopping,
  'gpus.list': { ...ofOperators, input: nothing, tells: true },
  'gpus.history': { ...ofOperators, input: () => ({ uuid: GPU_UUID }) },
  'overview.get': { ...ofOperators, input: nothing, tells: true },
  'monitoring.get': { role: 'operator', about: 'nothing', input: nothing },
  'monitoring.history': { role: 'operator', about: 'nothing', input: () => ({ span: '6h' }) },
  'monitoring.testAlert': { role: 'admin', about: 'nothing', input: nothing },
  'users.list': { ...ofPeople, input: nothing },
  'users.create': {
    ...ofPeople,
    input: () => ({ email: `${randomUUID()}@example.org`, name: 'New', role: 'viewer', workspaceIds: [] }),
  },
  'users.update': { ...ofPeople, input: async ({ things }) => ({ id: await things.person(), name: 'Changed' }) },
  'users.disable': { ...ofPeople, input: someone },
  'users.enable': { ...ofPeople, input: someone },
  'users.resetPassword': { ...ofPeople, input: someone },
  'users.erase': {
    ...ofPeople,
    input: async ({ things }) => {
      const { id, email } = await things.account();
      return { id, confirm: email };
    },
  },
  'workspaces.list': { ...ofPeople, input: nothing },
  'workspaces.create': { ...ofPeople, input: () => ({ name: randomUUID() }) },
  'workspaces.rename': {
    ...ofPeople,
    input: async ({ things }) => ({ id: (await things.membership()).workspaceId, name: randomUUID() }),
  },
  'workspaces.addMember': {
    ...ofPeople,
    input: async ({ things }) => ({ ...(await things.membership()), userId: await things.person() }),
  },
  'workspaces.removeMember': { ...ofPeople, input: ({ things }) => things.membership() },
  'workspaces.erase': {
    ...ofPeople,
    input: async ({ things }) => {
      const { id, name } = await things.emptyWorkspace();
      return { id, confirm: name };
    },
  },
  'sessions.list': { ...ofAccount, closedTo: 'keys', input: nothing },
  'sessions.end': {
    ...{ ...ofAccount, closedTo: 'keys' },
    input: async ({ things, caller }) => ({
      id: caller.kind === 'person' ? await things.session(caller) : randomUUID(),
    }),
  },
  'sessions.endOthers': { ...ofAccount, closedTo: 'keys', input: nothing },
  'shares.create': {
    ...edited,
    input: async ({ things, place }) => ({ id: await things.video(place, { state: 'ready' }), seconds: 3_600 }),
  },
  'shares.list': { ...edited, input: of('video') },
  'shares.revoke': { ...edited, input: async ({ things, place }) => ({ id: await things.share(place) }) },
  'shares.open': {
    ...{ role: 'public', about: 'nothing', bySecret: true },
    input: ({ place }) => ({ token: place.shareToken }),
  },
  'backups.get': { ...ofBackups, input: nothing },
  'backups.run': {
    ...ofBackups,
    input: async ({ things }) => {
      await things.backupRunner();
      return { kind: 'backup' };
    },
  },
  'backups.planRestore': {
    ...ofBackups,
    input: async ({ things }) => {
      await things.backupRunner();
      return { video: 'Marker' };
    },
  },
  'backups.restore': { ...ofBackups, input: ({ things }) => things.restore() },
  'operations.list': { ...ofBackups, input: nothing },
  'operations.get': { ...ofBackups, input: async ({ things }) => ({ id: await things.operation() }) },
  'operations.cancel': { ...ofBackups, input: async ({ things }) => ({ id: await things.operation() }) },
  'operations.retry': {
    ...ofBackups,
    input: async ({ things }) => {
      await things.backupRunner();
      return { id: await things.operation('failed') };
    },
  },
  'erasures.list': { ...ofBackups, input: nothing },
  'erasures.get': { ...ofBackups, input: async ({ things }) => ({ id: await things.erasure() }) },
  'audit.list': { role: 'admin', about: 'nothing', input: () => ({ action: ['matrix.mark'] }), tells: true },
  'limits.get': { role: 'admin', about: 'nothing', input: nothing },
  'events.video': { ...seen, input: of('video') },
  'events.workspace': { ...ofAccount, input: nothing, tells: true },
};
