/** What was done, in the past, as it stands after a person's name. */
const ACTIONS: Readonly<Record<string, string>> = {
  'auth.signIn': 'signed in',
  'auth.signOut': 'signed out',
  'auth.changePassword': 'changed their password',
  'session.end': 'ended one of their sessions',
  'session.endOthers': 'ended their other sessions',
  'video.rename': 'renamed a video',
  'video.retry': 'retried a video',
  'video.delete': 'deleted a video',
  'job.cancel': 'canceled a job',
  'upload.cancel': 'canceled an upload',
  'share.create': 'shared a video',
  'share.revoke': 'withdrew a share link',
  'preset.create': 'made a preset',
  'preset.update': 'changed a preset',
  'preset.delete': 'deleted a preset',
  'key.create': 'made an API key',
  'key.revoke': 'revoked an API key',
  'user.create': 'added a user',
  'user.update': 'changed a user',
  'user.disable': 'disabled a user',
  'user.enable': 'enabled a user',
  'user.resetPassword': 'reset a password',
  'workspace.create': 'added a workspace',
  'workspace.rename': 'renamed a workspace',
  'workspace.addMember': 'let somebody into a workspace',
  'workspace.removeMember': 'took somebody out of a workspace',
  'workers.pause': 'paused work',
  'workers.drain': 'drained work',
  'workers.resume': 'resumed work',
};

export const ACTION_NAMES = Object.keys(ACTIONS);

/** One that is not known here is told by its name, as words: `queues.requeueAll` did “queues: requeue all”. */
export function actionWords(action: string): string {
  return (
    ACTIONS[action] ??
    action.replace('.', ': ').replaceAll(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
  );
}

/** The same at the beginning of a line. */
export function actionTitle(action: string): string {
  const words = actionWords(action);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
