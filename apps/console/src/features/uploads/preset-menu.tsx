'use client';
import { useQuery } from '@tanstack/react-query';
import { DEFAULT_PRESET } from '@transcode/contracts';
import { Icon, Menu, MenuItem, MenuLabel } from '@transcode/ui';
import { useTRPC } from '../../lib/trpc.ts';
import { useUploadQueue, useUploadTarget } from './uploads-provider.tsx';

/** Beside the upload button: what uploads are made into. The choice holds for dropped files too, until another is made. */
export function PresetMenu() {
  const trpc = useTRPC();
  const queue = useUploadQueue();
  const target = useUploadTarget();
  const { data } = useQuery(trpc.presets.list.queryOptions());
  const chosen = target?.preset ?? DEFAULT_PRESET;
  return (
    <Menu
      label={`Preset of new videos: ${chosen}`}
      trigger={<Icon name="chevron" />}
      triggerClassName="inline-flex h-10 w-8 items-center justify-center rounded-r-control border-l border-on-accent/30 bg-accent text-on-accent hover:brightness-110"
    >
      <MenuLabel>Encode uploads with</MenuLabel>
      {data?.items.map(({ name, title, workspaceId }) => (
        <MenuItem
          key={`${name} ${workspaceId}`}
          checked={name === chosen && (workspaceId === null || workspaceId === (target?.workspaceId ?? workspaceId))}
          onSelect={() =>
            queue.chooseTarget(
              name === DEFAULT_PRESET && workspaceId === null
                ? undefined
                : { preset: name, ...(workspaceId !== null && { workspaceId }) },
            )
          }
        >
          {title || name}
        </MenuItem>
      ))}
      <div className="mt-1 border-t border-line pt-1">
        <MenuItem href="/presets">Look at the presets</MenuItem>
      </div>
    </Menu>
  );
}
