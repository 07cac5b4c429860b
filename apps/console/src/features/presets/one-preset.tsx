'use client';
import { useQuery } from '@tanstack/react-query';
import type { PresetView } from '@transcode/contracts';
import { Button, EmptyState, Skeleton } from '@transcode/ui';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import type { ReactNode } from 'react';
import { explain } from '../../lib/explain.ts';
import { useTRPC } from '../../lib/trpc.ts';

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
  const { sentence, status } = explain(preset.error);
  const isGone = status === 404 || status === 400;
  return (
    <EmptyState
      title={isGone ? 'There is no such preset' : 'The preset could not be loaded'}
      action={
        isGone ? (
          <Link href="/presets" className="text-accent underline underline-offset-4">
            Go to the presets
          </Link>
        ) : (
          <Button onClick={() => void preset.refetch()}>Try again</Button>
        )
      }
    >
      {isGone ? 'It was deleted, or it belongs to a workspace that is not yours.' : sentence}
    </EmptyState>
  );
}
