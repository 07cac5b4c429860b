/** A page; or a dialog on it, which is there only where everything is. */
export interface Pictured {
  readonly name: string;
  /** Of one thing, whose id stands in braces. Where nothing is yet, the page says that it is not there. */
  readonly address: string;
  /** Buttons and entries of menus that are pressed one after another until the dialog is there. */
  readonly presses?: readonly RegExp[];
}

const page = (name: string, address: string): Pictured => ({ name, address });
const dialog = (name: string, address: string, ...presses: readonly RegExp[]): Pictured => ({ name, address, presses });

/** Every page of the console, and its dialogs. */
export const PICTURED: readonly Pictured[] = [
  page('videos', '/'),
  page('video', '/videos/{video}'),
  dialog('video-rename', '/videos/{video}', /^More for /, /^Rename…$/),
  dialog('video-delete', '/videos/{video}', /^More for /, /^Delete…$/),
  page('overview', '/overview'),
  page('jobs', '/jobs'),
  page('job', '/jobs/{job}'),
  page('queues', '/queues'),
  page('workers', '/workers'),
  dialog('class-drain', '/workers', /^Pause or drain$/, /^Drain CPU work…$/),
  page('worker', '/workers/worker-1'),
  page('gpus', '/gpus'),
  page('backups', '/backups'),
  page('maintenance', '/jobs?kind=maintenance'),
  page('operation', '/jobs/maintenance/{operation}'),
  dialog('restore', '/backups', /^Restore the video…$/),
  page('presets', '/presets'),
  page('preset', '/presets/web'),
  page('new-preset', '/presets/new'),
  page('account', '/settings/account'),
  page('users', '/settings/users'),
  dialog('user-new', '/settings/users', /^Add a user$/),
  dialog('user-edit', '/settings/users', /^More for Inês$/, /^Edit…$/),
  dialog('user-reset', '/settings/users', /^More for Inês$/, /^Reset the password…$/),
  dialog('user-erase', '/settings/users', /^More for Inês$/, /^Erase…$/),
  page('workspaces', '/settings/workspaces'),
  dialog('workspace-new', '/settings/workspaces', /^Add a workspace$/),
  dialog('workspace-members', '/settings/workspaces', / members? of Trailers$/),
  dialog('workspace-erase', '/settings/workspaces', /^Erase Trailers$/),
  page('keys', '/settings/keys'),
  dialog('key-new', '/settings/keys', /^Make an API key$/),
  page('audit', '/settings/audit'),
  page('alerts', '/settings/alerts'),
  page('erasures', '/settings/erasures'),
  page('limits', '/settings/limits'),
];
