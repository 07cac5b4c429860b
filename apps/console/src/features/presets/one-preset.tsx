'use client';
import { useQuery } from '@tanstack/react-query';
import type { PresetView } from '@transcode/contracts';
import { Skeleton } from '@transcode/ui';
import { useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { useTRPC } from '../../lib/trpc.ts';
import { NotLoaded } from '../shell/not-loaded.tsx';

/** What is to be shown of the preset that the address names, or why there is none. */
export function OnePreset({ name, children }: { name: string; children: (preset: PresetView) => ReactNode }) {
  const trpc = useTRPC();
  const workspaceId = useSearchParams().get('workspace');
  const preset = useQuery(trpc.presets.get.queryOptions({ name, ...(workspaceId !== null && { workspaceId }) }));
  if (preset.data) return children(preset.data);
  if (preset.isPending) {
    return (
      <div aria-hidden="true" className="flex flex-col gap-4">
        <Skeleton className="h-7 w-1/3" />
        <Skeleton className="h-72 w-full" />
      </div>
    );
  }
  return (
    <NotLoaded
      what="preset"
      error={preset.error}
      onRetry={() => void preset.refetch()}
      gone="It was deleted, or it belongs to a workspace that is not yours."
      all={{ href: '/presets', words: 'Go to the presets' }}
    />
  );
}
