import type { PresetView } from '@transcode/contracts';

/** Names are unique in a workspace only: the address of an own preset says whose it is. */
export function presetPath(
  { name, workspaceId }: Pick<PresetView, 'name' | 'workspaceId'>,
  page: '' | '/edit' = '',
): string {
  return `/presets/${name}${page}${workspaceId === null ? '' : `?workspace=${workspaceId}`}`;
}
