import { expect, test } from 'vitest';
import { AUDIT_ACTIONS, auditSentence, auditWords, UNKNOWN_ACCOUNT, type AuditView } from '../src/index.ts';

const ID = '01890000-0000-7000-8000-000000000000';
const ADA = { kind: 'user', id: ID, name: 'Ada' } as const;
type Entry = Omit<AuditView, 'sentence' | 'about' | 'id' | 'at'>;

const told = (action: string, entry: Partial<Entry> = {}): string =>
  auditSentence({
    ...{ actor: ADA, workspace: null, action, target: ID, targetName: 'Harbour' },
    ...{ before: null, after: null, details: {}, ...entry },
  });

test.each<[string, Partial<Entry>, string]>([
  ['video.rename', { before: { title: 'Old' } }, 'Ada renamed the video “Old” to Harbour.'],
  ['video.delete', {}, 'Ada deleted the video Harbour.'],
  ['video.delete', { details: { neverCame: true } }, 'Ada removed Harbour, whose upload had ended early.'],
  [
    'video.restore',
    { actor: null, details: { local: true } },
    'Somebody at the command line restored Harbour from a backup.',
  ],
  ['upload.cancel', {}, 'Ada canceled the upload of Harbour.'],
  [
    'job.setPriority',
    { before: { priority: 'normal' }, after: { priority: 'high' } },
    'Ada moved the work on Harbour from normal to high priority.',
  ],
  [
    'video.retry',
    { before: { preset: 'web' }, after: { preset: 'archive' } },
    'Ada retried Harbour, with the preset “archive” instead of “web”.',
  ],
  [
    'user.update',
    { before: { role: 'viewer', workspaces: [] }, after: { role: 'admin', workspaces: ['One'] } },
    'Ada changed Harbour, role from a viewer to an administrator, workspaces from none to “One”.',
  ],
  [
    'workers.pause',
    { target: 'class:cpu', targetName: null, before: { state: 'draining' } },
    'Ada paused CPU work, which was being drained.',
  ],
  ['backups.run', { targetName: null, after: { kind: 'backup' } }, 'Ada asked for a backup.'],
  ['backups.cancel', { targetName: null, before: { kind: 'drill' } }, 'Ada stopped a drill.'],
  ['backups.cancel', { targetName: null, before: { kind: 'restorePlan' } }, 'Ada stopped a dry run of a restore.'],
  ['backups.planRestore', { targetName: null }, 'Ada asked what a restore of a video would change.'],
  ['backups.restore', {}, 'Ada asked for a restore of the video Harbour.'],
  ['workers.resume', { target: 'worker:worker-1', targetName: null }, 'Ada resumed worker-1.'],
  [
    'key.revoke',
    { before: { role: 'editor', reach: 'all' }, details: { keys: 3 } },
    'Ada revoked the API key Harbour, an editor of all workspaces, and 2 keys made with it.',
  ],
  [
    'auth.wrongPassword',
    { actor: null, targetName: 'ada@example.org', details: { count: 12, addresses: ['192.0.2.1', '192.0.2.2'] } },
    'Somebody gave a wrong password 12 times for ada@example.org from 192.0.2.1 and 1 other address.',
  ],
  [
    'auth.wrongPassword',
    { actor: null, target: UNKNOWN_ACCOUNT, targetName: null, details: { count: 1, addresses: ['192.0.2.1'] } },
    'Somebody gave a wrong password for accounts that do not exist from 192.0.2.1.',
  ],
  [
    'user.unlock',
    { actor: null, details: { local: true } },
    'Somebody at the command line let Harbour try to sign in from anywhere again without waiting.',
  ],
])('%s %j', (action, entry, sentence) => expect(told(action, entry)).toBe(sentence));

test('what people write stands as they wrote it', () => {
  const name = 'A {target} of ${mine}';
  expect(told('video.rename', { targetName: name, before: { title: name } })).toBe(
    `Ada renamed the video “${name}” to ${name}.`,
  );
});

test.each(Object.keys(AUDIT_ACTIONS))('%s is a sentence also where nothing is known of it', (action) => {
  const entry = { targetName: null, details: {} };
  expect(told(action, entry)).toMatch(/^Ada [a-z].*[^.]\.$/);
  expect(told(action, entry)).not.toMatch(/undefined|null|\0|object/);
});

test('an action that nobody knows any more is told by its name', () => {
  expect(auditWords({ ...blank, action: 'queues.requeueAll' })).toMatchObject({
    before: 'queues: requeueAll ',
    target: 'Harbour',
  });
});

const blank = { target: ID, targetName: 'Harbour', before: null, after: null, details: {}, workspace: null };
