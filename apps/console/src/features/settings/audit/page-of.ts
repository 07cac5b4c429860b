import type { AuditView } from '@transcode/contracts';

const PAGES: Record<NonNullable<AuditView['about']>['kind'], (id: string) => string> = {
  video: (id) => `/videos/${id}`,
  job: (id) => `/jobs/${id}`,
  preset: (id) => `/presets/${id}`,
  worker: (id) => `/workers/${id}`,
  key: () => '/settings/keys',
  user: () => '/settings/users',
  workspace: () => '/settings/workspaces',
};

/** Where a thing can be seen. */
export function pageOf({ kind, id }: NonNullable<AuditView['about']>): string {
  return PAGES[kind](encodeURIComponent(id));
}
