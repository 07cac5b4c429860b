import type { AuditView } from '../views/audit-view.ts';
import {
  changes,
  roleWords,
  mayWords,
  inWorkspaces,
  endedSessions,
  wasBefore,
  from,
  inBrowser,
  momentOf,
  numberOf,
  textOf,
  quoted,
  operationWords,
} from './audit-values.ts';
import { counted } from '../counted.ts';

/** No name has it. */
export const IT = '\0';

/** What an entry of the audit log says, without who did it. */
export type Told = Pick<AuditView, 'action' | 'target' | 'targetName' | 'before' | 'after' | 'details' | 'workspace'>;

export interface Action {
  /** What was done, for a choice among actions. */
  readonly title: string;
  /** As it stands after a name, in the past. `IT` is where the name of the thing stands. */
  readonly words: (told: Told) => string;
  /** What changed does not fit into a sentence: it is listed beside it. */
  readonly listed?: true;
}

/** Everything that is written down of what people and keys do. */
export const AUDIT_ACTIONS = {
  'auth.signIn': { title: 'Signed in', words: ({ details }) => `signed in${from(details['address'])}` },
  'auth.signOut': { title: 'Signed out', words: () => 'signed out' },
  'auth.wrongPassword': { title: 'Gave a wrong password', words: wrongPassword },
  'auth.changePassword': { title: 'Changed their password', words: () => 'changed their password' },
  'session.end': {
    title: 'Ended a session',
    words: ({ details }) => `ended one of their sessions${inBrowser(details['userAgent'])}`,
  },
  'session.endOthers': {
    title: 'Ended other sessions',
    words: ({ details }) => `ended their other sessions, ${counted(numberOf(details['sessions']), 'session')}`,
  },
  'video.rename': {
    title: 'Renamed a video',
    words: ({ before }) => `renamed the video ${quoted(before?.['title'])} to ${IT}`,
  },
  'video.retry': {
    title: 'Retried a video',
    words: ({ before, after }) =>
      `retried ${IT}${after === null ? '' : `, with the preset ${quoted(after['preset'])} instead of ${quoted(before?.['preset'])}`}`,
  },
  'video.delete': {
    title: 'Deleted a video',
    words: ({ details }) =>
      details['neverCame'] === true ? `removed ${IT}, whose upload had ended early` : `deleted the video ${IT}`,
  },
  'video.restore': { title: 'Restored a video', words: () => `restored ${IT} from a backup` },
  'video.choosePoster': {
    title: 'Chose a poster',
    words: ({ after }) => `chose the picture at ${numberOf(after?.['poster'])} s as the poster of ${IT}`,
  },
  'job.cancel': { title: 'Canceled work', words: () => `canceled the work on ${IT}` },
  'job.setPriority': {
    title: 'Changed a priority',
    words: ({ before, after }) =>
      `moved the work on ${IT} from ${textOf(before?.['priority'])} to ${textOf(after?.['priority'])} priority`,
  },
  'upload.cancel': { title: 'Canceled an upload', words: () => `canceled the upload of ${IT}` },
  'share.create': {
    title: 'Shared a video',
    words: ({ after }) => `shared ${IT} by a link that holds until ${momentOf(after?.['expires'])}`,
  },
  'share.revoke': {
    title: 'Withdrew a share link',
    words: ({ before }) => `withdrew a share link of ${IT} that would have held until ${momentOf(before?.['expires'])}`,
  },
  'preset.create': { title: 'Made a preset', words: () => `made the preset ${IT}`, listed: true },
  'preset.update': { title: 'Changed a preset', words: () => `changed the preset ${IT}`, listed: true },
  'preset.delete': { title: 'Deleted a preset', words: () => `deleted the preset ${IT}`, listed: true },
  'key.create': { title: 'Made an API key', words: ({ after }) => `made the API key ${IT}, ${mayWords(after)}` },
  'key.revoke': {
    title: 'Revoked an API key',
    words: ({ before, details }) => {
      const others = numberOf(details['keys']) - 1;
      const made = others > 0 ? `, and ${counted(others, 'key')} made with it` : '';
      return `revoked the API key ${IT}, ${mayWords(before)}${made}`;
    },
  },
  'user.create': {
    title: 'Added a user',
    words: ({ after }) => `added ${IT} as ${roleWords(after?.['role'])}${inWorkspaces(after?.['workspaces'])}`,
  },
  'user.update': { title: 'Changed a user', words: ({ before, after }) => `changed ${IT}, ${changes(before, after)}` },
  'user.disable': {
    title: 'Shut a user out',
    words: ({ details }) => `shut ${IT} out${endedSessions(details['sessions'])}`,
  },
  'user.enable': { title: 'Let a user in again', words: () => `let ${IT} sign in again` },
  'user.resetPassword': {
    title: 'Reset a password',
    words: ({ details }) => `gave ${IT} a one-time password${endedSessions(details['sessions'])}`,
  },
  'user.unlock': {
    title: 'Lifted a wait for sign-in',
    words: () => `let ${IT} try to sign in from anywhere again without waiting`,
  },
  'workspace.create': { title: 'Added a workspace', words: () => `added the workspace ${IT}` },
  'workspace.rename': {
    title: 'Renamed a workspace',
    words: ({ before }) => `renamed the workspace ${quoted(before?.['name'])} to ${IT}`,
  },
  'workspace.addMember': {
    title: 'Let somebody into a workspace',
    words: ({ after, workspace }) => `let ${IT} into ${quoted(after?.['workspace'] ?? workspace?.name)}`,
  },
  'workspace.removeMember': {
    title: 'Took somebody out of a workspace',
    words: ({ before, workspace }) => `took ${IT} out of ${quoted(before?.['workspace'] ?? workspace?.name)}`,
  },
  'erasure.user': { title: 'Erased a user', words: () => 'erased a user and whatever was known of them' },
  'erasure.workspace': { title: 'Erased a workspace', words: () => 'erased a workspace and all that was in it' },
  'workers.pause': { title: 'Paused work', words: ({ before }) => `paused ${IT}${wasBefore(before)}` },
  'workers.drain': { title: 'Drained work', words: ({ before }) => `drained ${IT}${wasBefore(before)}` },
  'backups.run': { title: 'Ran a backup or a drill', words: ({ after }) => `asked for ${operationWords(after)}` },
  'backups.cancel': {
    title: 'Stopped a backup, a drill or a restore',
    words: ({ before }) => `stopped ${operationWords(before)}`,
  },
  'backups.planRestore': {
    title: 'Asked what a restore would change',
    words: () => 'asked what a restore of a video would change',
  },
  'backups.restore': { title: 'Asked for a restore', words: () => `asked for a restore of the video ${IT}` },
  'monitoring.testAlert': {
    title: 'Sent a test alert',
    words: ({ after }) => `sent a test alert as ${textOf(after?.['severity'])}`,
  },
  'workers.resume': { title: 'Resumed work', words: ({ before }) => `resumed ${IT}${wasBefore(before)}` },
} as const satisfies Record<string, Action>;

export type AuditAction = keyof typeof AUDIT_ACTIONS;

function wrongPassword({ target, details }: Told): string {
  const count = numberOf(details['count']);
  const often = count === 1 ? 'a wrong password' : `a wrong password ${counted(count, 'time')}`;
  const whose = target === UNKNOWN_ACCOUNT ? 'for accounts that do not exist' : `for ${IT}`;
  const addresses = Array.isArray(details['addresses']) ? details['addresses'].map(String) : [];
  const [first, ...others] = addresses;
  const more = others.length === 0 ? '' : ` and ${counted(others.length, 'other address', 'other addresses')}`;
  return `gave ${often} ${whose}${first === undefined ? '' : ` from ${first}${more}`}`;
}

/** The target of wrong passwords for accounts that do not exist: what was typed may be a password. */
export const UNKNOWN_ACCOUNT = 'unknown';
